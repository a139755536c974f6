using System.Diagnostics;

namespace Fovea.Fuzz;

/// <summary>Gives one reader damaged files until time or number is up, or one of them does what none may: another exception, a hang, a large allocation.</summary>
/// <remarks>
/// The reader runs on a thread of its own, so that a hang is seen. Native code may end the process: `TARGET.last` in the findings folder
/// then has the number of the input, eight bytes, written before it was tried.
/// </remarks>
public sealed class FuzzRun
{
    /// <summary>What a reader may allocate for an input of at most a few ten kilobytes, all it throws away included.</summary>
    public const long LargestAllocation = 64 << 20;

    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(0.2);

    private readonly FuzzTarget _target;
    private readonly int _seed;
    private readonly string _findings;
    private readonly Mutator _mutator;
    private long _accepted, _refused, _largest, _number, _started;
    private string? _finding;

    /// <param name="target">The reader.</param>
    /// <param name="seed">Another seed gives other inputs.</param>
    /// <param name="findings">The folder for inputs that find something; made when there is none.</param>
    public FuzzRun(FuzzTarget target, int seed, string findings)
    {
        _target = target;
        _seed = seed;
        _findings = findings;
        _mutator = new Mutator(target, seed);
    }

    /// <summary>Runs to the limits or the first finding.</summary>
    public FuzzResult Run(FuzzLimits limits)
    {
        Directory.CreateDirectory(_findings);
        Stopwatch watch = Stopwatch.StartNew();
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
        Thread worker = new(() => Work(limits, watch)) { IsBackground = true, Name = $"fuzz {_target.Name}" };
        worker.Start();
        string? hang = null;
        while (hang is null && !worker.Join(Glance))
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref _started)) > limits.Patience) hang = Save(Volatile.Read(ref _number), $"takes more than {limits.Patience.TotalSeconds} s");
        }
        return new FuzzResult(_target.Name, _accepted, _refused, _largest, watch.Elapsed, hang ?? _finding);
    }

    /// <summary>Tries one saved input; null when it does nothing that it must not.</summary>
    public string? Replay(string file) => Try(File.ReadAllBytes(file));

    private void Work(FuzzLimits limits, Stopwatch watch)
    {
        using FileStream last = new(Path.Combine(_findings, $"{_target.Name}.last"), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        for (long index = 0; index < limits.Inputs && watch.Elapsed < limits.Time && _finding is null; index++)
        {
            long number = limits.First + index;
            byte[] input = _mutator.Make(number);
            RandomAccess.Write(last.SafeFileHandle, BitConverter.GetBytes(number), 0);
            Volatile.Write(ref _number, number);
            Volatile.Write(ref _started, Stopwatch.GetTimestamp());
            if (Try(input) is { } what) _finding = Save(number, what);
        }
    }

    private string? Try(byte[] input)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            _target.Read(input);
            _accepted++;
        }
        catch (Exception refusal) when (_target.IsRefusal(refusal))
        {
            _refused++;
        }
        catch (Exception other)
        {
            return $"ends with {other}";
        }
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        _largest = long.Max(_largest, allocated);
        return allocated > LargestAllocation ? $"allocates {allocated:N0} bytes" : null;
    }

    // Made again rather than handed over: the thread that hangs still has the first one in use.
    private string Save(long number, string what)
    {
        string path = Path.GetFullPath(Path.Combine(_findings, $"{_target.Name}-{_seed}-{number}.bin"));
        File.WriteAllBytes(path, _mutator.Make(number));
        return $"{_target.Name}: input {number} of seed {_seed} {what}{Environment.NewLine}saved; to repeat: dotnet run -c Release --project tests/Fovea.Fuzz -- {_target.Name} --file {path}";
    }
}
