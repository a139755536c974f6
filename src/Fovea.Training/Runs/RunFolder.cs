using Fovea.Hub;
using Fovea.Training.Runs.Recipes;

namespace Fovea.Training.Runs;

/// <summary>What a training run writes: `recipe.json`, `metrics.jsonl`, `checkpoints/`, `model.safetensors`, `report.html`. One process at a time may train in it.</summary>
internal sealed class RunFolder : IDisposable
{
    private const string RecipeFile = "recipe.json";
    private const string LockFile = ".lock";

    private readonly FileStream _lock;

    private RunFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    /// <summary>What the run is called: the folder's own name.</summary>
    public string Name => NameOf(Path);

    public string MetricsFile => File("metrics.jsonl");

    public string ModelFile => File(ModelReference.RunModel);

    public string ReportFile => File("report.html");

    /// <summary>Begins a run in a new or an empty folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="recipe">What is written down before anything else.</param>
    /// <exception cref="RunException">It holds a run, or may not be written.</exception>
    public static RunFolder Begin(string path, object recipe) => Claim(path, folder =>
    {
        if (System.IO.File.Exists(folder.File(RecipeFile))) throw RunThrow.Occupied(path);
        WriteWhole(folder.File(RecipeFile), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(RecipeJson.Write(recipe))));
    });

    /// <summary>Goes on with the run of a folder.</summary>
    /// <exception cref="RunException">It holds no run, or another process trains in it.</exception>
    public static RunFolder Resume(string path)
    {
        if (!System.IO.File.Exists(System.IO.Path.Combine(path, RecipeFile))) throw RunThrow.NothingToResume(path);
        return Claim(path, _ => { });
    }

    /// <summary>The recipe that the run was begun with.</summary>
    /// <exception cref="RunException">It is not there, or no such recipe.</exception>
    public static T ReadRecipe<T>(string path)
    {
        string file = System.IO.Path.Combine(path, RecipeFile);
        if (!System.IO.File.Exists(file)) throw RunThrow.NothingToResume(path);
        return RecipeJson.Read<T>(System.IO.File.ReadAllText(file), file);
    }

    /// <summary>The name of the run of a folder.</summary>
    public static string NameOf(string path) => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file beside its place, flushes it to the disk and renames it: nobody ever sees half of it.</summary>
    /// <exception cref="RunException">The disk is full or may not be written; what was there before is untouched.</exception>
    /// <param name="file">Its place.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="isOfRun">Whether a run writes it, which can be continued.</param>
    public static void WriteWhole(string file, Action<Stream> write, bool isOfRun = true)
    {
        string partial = file + ".partial";
        try
        {
            using (FileStream stream = new(partial, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            System.IO.File.Move(partial, file, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (System.IO.File.Exists(partial)) System.IO.File.Delete(partial);          // its folder may not be there
            throw isOfRun ? RunThrow.NotWritten(file, failure) : RunThrow.ReportNotWritten(file, failure);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static RunFolder Claim(string path, Action<RunFolder> prepare)
    {
        FileStream held;
        try
        {
            Directory.CreateDirectory(path);
            held = new FileStream(System.IO.Path.Combine(path, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException) when (System.IO.File.Exists(System.IO.Path.Combine(path, LockFile)))
        {
            throw RunThrow.Busy(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw RunThrow.NotWritten(path, failure);
        }
        RunFolder folder = new(path, held);
        try
        {
            prepare(folder);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }
}
