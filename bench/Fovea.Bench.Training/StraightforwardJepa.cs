using Fovea.Networks;
using Fovea.Training.Pretraining;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;
using Parameter = TorchSharp.Modules.Parameter;

namespace Fovea.Bench.Training;

// The competitor: I-JEPA as someone writes it who knows TorchSharp and the paper, and has no other aim than that it is right. Modules, a convolution
// for the patches, fused attention, all tokens through all blocks; RMS norm by its formula, since TorchSharp binds none.

internal sealed class RmsNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;

    public RmsNorm(long width)
        : base(nameof(RmsNorm))
    {
        weight = new Parameter(ones(width));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => x * rsqrt(x.pow(2).mean([-1], keepdim: true) + 1e-6) * weight;
}

internal sealed class SelfAttention : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Linear qkv, proj;
    private readonly long heads;

    public SelfAttention(long width, long heads)
        : base(nameof(SelfAttention))
    {
        this.heads = heads;
        qkv = nn.Linear(width, 3 * width);
        proj = nn.Linear(width, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        long batch = x.shape[0], tokens = x.shape[1], width = x.shape[2];
        Tensor[] parts = qkv.forward(x).reshape(batch, tokens, 3, heads, width / heads).permute(2, 0, 3, 1, 4).unbind(0);
        Tensor attended = Functional.scaled_dot_product_attention(parts[0], parts[1], parts[2]);
        return proj.forward(attended.transpose(1, 2).reshape(batch, tokens, width));
    }
}

internal sealed class Block : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> norm1, norm2;
    private readonly SelfAttention attn;
    private readonly Sequential mlp;

    public Block(long width, long heads, long hidden, bool isRms)
        : base(nameof(Block))
    {
        norm1 = isRms ? new RmsNorm(width) : nn.LayerNorm(width, eps: 1e-6);
        attn = new SelfAttention(width, heads);
        norm2 = isRms ? new RmsNorm(width) : nn.LayerNorm(width, eps: 1e-6);
        mlp = nn.Sequential(("0", nn.Linear(width, hidden)), ("1", nn.GELU()), ("3", nn.Linear(hidden, width)));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = x + attn.forward(norm1.forward(x));
        return x + mlp.forward(norm2.forward(x));
    }
}

internal sealed class StraightforwardEncoder : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly Parameter reg_tokens, pos_embedding;
    private readonly TorchSharp.Modules.Conv2d conv_proj;
    private readonly ModuleList<Block> block;
    private readonly RmsNorm norm;
    private readonly long registers;

    public StraightforwardEncoder(VitNetwork network)
        : base(nameof(StraightforwardEncoder))
    {
        VitConfig config = network.Config;
        registers = config.Registers;
        reg_tokens = new Parameter(zeros(1, registers, config.Width));
        pos_embedding = new Parameter(zeros(1, network.Tokens, config.Width));
        conv_proj = nn.Conv2d(network.Channels, config.Width, kernel_size: config.PatchSize, stride: config.PatchSize);
        block = nn.ModuleList<Block>([.. Enumerable.Range(0, config.Depth).Select(_ => new Block(config.Width, config.Heads, config.MlpWidth, isRms: true))]);
        norm = new RmsNorm(config.Width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor images, Tensor? keep)
    {
        long batch = images.shape[0];
        Tensor x = conv_proj.forward(images).flatten(2).transpose(1, 2) + pos_embedding[TensorIndex.Colon, TensorIndex.Slice(registers)];
        if (keep is not null) x = x.gather(1, keep.unsqueeze(-1).expand(-1, -1, x.shape[2]));
        Tensor special = (reg_tokens + pos_embedding[TensorIndex.Colon, TensorIndex.Slice(0, registers)]).expand(batch, -1, -1);
        x = cat([special, x], 1);
        foreach (Block one in block) x = one.forward(x);
        return norm.forward(x)[TensorIndex.Colon, TensorIndex.Slice(registers)];
    }
}

internal sealed class StraightforwardPredictor : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly Parameter mask_token;
    private readonly Tensor positions;
    private readonly TorchSharp.Modules.Linear predictor_embed, predictor_proj;
    private readonly ModuleList<Block> block;
    private readonly TorchSharp.Modules.LayerNorm norm;

    public StraightforwardPredictor(VitNetwork network, PredictorConfig config)
        : base(nameof(StraightforwardPredictor))
    {
        mask_token = new Parameter(zeros(1, 1, config.Width));
        positions = tensor(SineCosinePositions.Table(network.Grid, config.Width), [network.Grid.Patches, config.Width]);
        predictor_embed = nn.Linear(network.Config.Width, config.Width);
        block = nn.ModuleList<Block>([.. Enumerable.Range(0, config.Depth).Select(_ => new Block(config.Width, config.Heads, config.MlpWidth, isRms: false))]);
        norm = nn.LayerNorm(config.Width, eps: 1e-6);
        predictor_proj = nn.Linear(config.Width, network.Config.Width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor context, Tensor contextPatches, Tensor targetPatches)
    {
        Tensor seen = predictor_embed.forward(context) + positions[contextPatches];
        Tensor masked = mask_token + positions[targetPatches];
        Tensor x = cat([seen.repeat(targetPatches.shape[0] / context.shape[0], 1, 1), masked], 1);
        foreach (Block one in block) x = one.forward(x);
        return predictor_proj.forward(norm.forward(x)[TensorIndex.Colon, TensorIndex.Slice(context.shape[1])]);
    }
}

/// <summary>The three networks, the stock optimiser and an average parameter by parameter.</summary>
internal sealed class StraightforwardJepa : IContender
{
    private readonly StraightforwardEncoder _context, _target;
    private readonly StraightforwardPredictor _predictor;
    private readonly optim.Optimizer _optimizer;

    public StraightforwardJepa(Workload workload)
    {
        _context = new StraightforwardEncoder(workload.Network);
        _target = new StraightforwardEncoder(workload.Network);
        _predictor = new StraightforwardPredictor(workload.Network, workload.Predictor);
        Initialise(_context);
        Initialise(_target);
        Initialise(_predictor);
        foreach (Parameter parameter in _target.parameters()) parameter.requires_grad = false;
        _optimizer = optim.AdamW([.. _context.parameters(), .. _predictor.parameters()], lr: Contender.LearningRate, weight_decay: Contender.WeightDecay);
    }

    public double Step(Tensor images, Tensor contexts, Tensor targets)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor wanted;
        using (no_grad())
        {
            Tensor tokens = _target.forward(images, null);
            tokens = Functional.layer_norm(tokens, [tokens.shape[2]]);
            wanted = cat([.. targets.unbind(0).Select(target => tokens.gather(1, target.unsqueeze(-1).expand(-1, -1, tokens.shape[2])))], 0);
        }
        Tensor keep = contexts[0];
        Tensor predictions = _predictor.forward(_context.forward(images, keep), keep, targets.flatten(0, 1));
        Tensor loss = Functional.smooth_l1_loss(predictions, wanted);
        _optimizer.zero_grad();
        loss.backward();
        _optimizer.step();
        using (no_grad())
        {
            foreach ((Parameter average, Parameter value) in _target.parameters().Zip(_context.parameters())) average.mul_(Contender.Momentum).add_(value, 1 - Contender.Momentum);
        }
        return loss.ToDouble();
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _context.Dispose();
        _target.Dispose();
        _predictor.Dispose();
    }

    // Keys as ours has them, so that both begin alike.
    private static void Initialise(nn.Module network)
    {
        using IDisposable frozen = no_grad();
        foreach ((string name, Parameter parameter) in network.named_parameters()) parameter.copy_(Workload.Start(name, new TensorShape(parameter.shape)));
    }
}
