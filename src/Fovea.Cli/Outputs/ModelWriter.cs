namespace Fovea.Cli.Outputs;

/// <summary>An exported `x.onnx`, and `x.onnx.data` beside it where the matrices are too large for one file; both appear when both are complete.</summary>
internal sealed class ModelWriter : IDisposable
{
    private readonly OutputFile _model;
    private readonly OutputFile? _matrices;

    private ModelWriter(OutputFile model, OutputFile? matrices)
    {
        _model = model;
        _matrices = matrices;
    }

    /// <summary>The extensions that can be written.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".onnx"];

    /// <summary>The file of the matrices as it will be called; null when there is none.</summary>
    public string? MatrixPath => _matrices?.Path;

    /// <summary>Begins the files; nothing is seen at their places before <see cref="Complete"/>.</summary>
    /// <param name="path">The model.</param>
    /// <param name="hasMatrixFile">Whether the matrices get a file of their own.</param>
    /// <exception cref="OutputException">The place cannot be written.</exception>
    public static ModelWriter Create(string path, bool hasMatrixFile)
    {
        OutputFile model = OutputFile.Create(path);
        try
        {
            return new ModelWriter(model, hasMatrixFile ? OutputFile.Create(path + ".data") : null);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Writes the model.</summary>
    /// <exception cref="OutputException">The disk is full.</exception>
    public void Write(ModelExport export)
    {
        try
        {
            if (_matrices is null) export.Write(_model.Stream);
            else export.Write(_model.Stream, _matrices.Stream, Path.GetFileName(_matrices.Path));
        }
        catch (Exception failure) when (OutputThrow.IsRefusal(failure))
        {
            throw OutputThrow.Refused(_model.Path, failure);
        }
    }

    /// <summary>Puts the files in their places, the matrices first: whoever sees the model finds them.</summary>
    /// <exception cref="OutputException">The disk is full, or a place may no longer be written.</exception>
    public void Complete()
    {
        if (_matrices is null) _model.Complete();
        else OutputFile.CompleteTogether(_matrices, _model);
    }

    /// <summary>Without <see cref="Complete"/>: deletes what was written.</summary>
    public void Dispose()
    {
        _model.Dispose();
        _matrices?.Dispose();
    }
}
