using System.Text;
using Fovea.Checkpoints;
using Fovea.Tests.Export;

namespace Fovea.Fuzz;

/// <summary>Exported `.onnx` files: metadata, every initialiser inside and beside, and the model with all its parameters.</summary>
internal sealed class OnnxTarget : FuzzTarget
{
    private const string MatrixName = "matrices";
    private const int FingerprintLength = 64;

    private readonly string _folder;
    private readonly ScratchFile _file;

    public OnnxTarget()
    {
        _folder = Directory.CreateDirectory(Path.Combine(ScratchFile.Folder, $"fovea-fuzz-{Guid.NewGuid():N}")).FullName;
        _file = new ScratchFile(_folder);
    }

    public override string Name => "onnx";

    internal override void Read(ReadOnlySpan<byte> input)
    {
        _file.Write(input);
        using (Checkpoint checkpoint = Checkpoint.Open(_file.Path))
        {
            foreach (CheckpointTensor tensor in checkpoint.Tensors) tensor.WriteTo(Stream.Null);
        }
        ModelFile.Open(_file.Path).Dispose();
    }

    internal override bool IsRefusal(Exception exception) => exception is CheckpointException;

    // Any change of the graph shows in its fingerprint; with the right one, what lies behind is reached.
    internal override unsafe byte[] Seal(byte[] input, Random random)
    {
        int place = input.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes($"{OnnxFormat.GraphKey}\u0012\u0040"));
        if (place < 0 || input.Length - place < OnnxFormat.GraphKey.Length + 2 + FingerprintLength) return input;
        try
        {
            fixed (byte* start = input)
            {
                string fingerprint = OnnxFile.Fingerprint(new FileBytes(start, input.Length), "input");
                Encoding.ASCII.GetBytes(fingerprint, input.AsSpan(place + OnnxFormat.GraphKey.Length + 2));
            }
        }
        catch (CheckpointException)
        {
            // Damaged before there is anything to seal.
        }
        return input;
    }

    internal override IEnumerable<byte[]> FindSeeds()
    {
        (byte[] apart, byte[] matrices) = SmallestModel.ExportApart(Precision.Float32, MatrixName);
        File.WriteAllBytes(Path.Combine(_folder, MatrixName), matrices);
        return [SmallestModel.Export(), SmallestModel.Export(Precision.Int8), apart];
    }

    protected override void Dispose(bool isDisposing)
    {
        _file.Dispose();
        Directory.Delete(_folder, recursive: true);
        base.Dispose(isDisposing);
    }
}
