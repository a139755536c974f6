using Fovea.Checkpoints;
using Fovea.Graphs;

namespace Fovea;

/// <summary>A model on its way into an `.onnx` file that describes itself and runs wherever ONNX does (docs/formats.md).</summary>
internal sealed class ModelExport : IDisposable
{
    private readonly ModelFile _model;
    private readonly ExportedGraph _graph;

    private ModelExport(ModelFile model, Precision precision)
    {
        _model = model;
        _graph = ExportedGraph.Of(model, precision);
        Precision = precision;
    }

    /// <summary>What is written.</summary>
    public Precision Precision { get; }

    /// <summary>The model at the picture size of the file.</summary>
    public ModelDescription Description => _model.Description;

    /// <summary>Whether the matrices are too large for one file and go into a second one beside it.</summary>
    public bool NeedsMatrixFile => _graph.MatrixBytes > ExportedGraph.LargestInside;

    /// <summary>Opens a model.</summary>
    /// <param name="path">A model file.</param>
    /// <param name="options">Network, picture size and precision of the file.</param>
    /// <param name="origin">What the file says of its origin beside what the model says; null: the same.</param>
    /// <exception cref="CheckpointException">The file is absent, damaged, hostile, of no network that is known, or int8 already.</exception>
    /// <exception cref="ArgumentException">The size does not fit the network's patches, or is not that of an `.onnx`.</exception>
    public static ModelExport Open(string path, EncoderOptions options, ModelOrigin? origin = null)
    {
        options.Check();
        ModelFile model = ModelFile.OpenAny(path, options.Network, options.ImageSize);
        try
        {
            if (origin is not null) model.Complete(origin);
            if (model.Precision == Precision.Int8) throw ModelThrow.IsInt8(path);
            return new ModelExport(model, options.Precision ?? Precision.Float32);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file with everything in it.</summary>
    public void Write(Stream file) => _graph.Write(file);

    /// <summary>Writes the matrices into a file of their own.</summary>
    /// <param name="file">The model.</param>
    /// <param name="matrices">The file beside it.</param>
    /// <param name="matrixName">Its name, without a folder.</param>
    public void Write(Stream file, Stream matrices, string matrixName) => _graph.Write(file, matrices, matrixName);

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();
}
