using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace Fovea.Bench.Training;

/// <summary>What some steps took.</summary>
/// <param name="PicturesPerSecond">By the clock.</param>
/// <param name="PerProcessorSecond">Pictures per second of processor time, times the threads: what a busy neighbour hardly changes.</param>
/// <param name="Loss">The last step's.</param>
/// <param name="ResidentMegabytes">What the process holds afterwards.</param>
internal sealed record Measurement(double PicturesPerSecond, double PerProcessorSecond, double Loss, double ResidentMegabytes);

/// <summary>
/// A process of its own with one contender in it: settings of libtorch, OpenMP and the allocator cannot leak to the others. Reads a number of steps
/// line by line, makes them, and answers with a measurement; it sleeps while it is not its turn.
/// </summary>
internal sealed class Worker : IDisposable
{
    private readonly Process _process;

    /// <param name="contender">See <see cref="Contender.Named"/>.</param>
    /// <param name="workload">What to work on.</param>
    /// <param name="threads">Threads of libtorch.</param>
    public Worker(string contender, Workload workload, int threads)
    {
        Threads = threads;
        string program = Path.Combine(AppContext.BaseDirectory, "Fovea.Bench.Training.dll");
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, "worker", contender, workload.Name, threads.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        _process.StandardInput.AutoFlush = true;
    }

    public int Threads { get; }

    public Measurement Measure(int steps)
    {
        _process.StandardInput.WriteLine(steps.ToString(CultureInfo.InvariantCulture));
        string answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("a worker ended before its answer; its message stands above.");
        double[] numbers = [.. answer.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return new Measurement(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    /// <summary>The other side: what the process does.</summary>
    public static int Serve(string contender, string workload, string threads)
    {
        int count = int.Parse(threads, CultureInfo.InvariantCulture);
        set_num_threads(count);
        Workload work = Workload.Named(workload);
        using IContender steps = Contender.Named(contender, work);
        Tensor images = work.Images();
        (Tensor contexts, Tensor targets) = work.Masks();
        while (Console.ReadLine() is { } line)
        {
            int number = int.Parse(line, CultureInfo.InvariantCulture);
            double loss = 0;
            TimeSpan before = Environment.CpuUsage.TotalTime;
            Stopwatch watch = Stopwatch.StartNew();
            for (int step = 0; step < number; step++) loss = steps.Step(images, contexts, targets);
            double seconds = watch.Elapsed.TotalSeconds, processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            double pictures = (double)number * work.Batch;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pictures / seconds:R} {pictures * count / processor:R} {loss:R} {Environment.WorkingSet / 1e6:F1}"));
        }
        return 0;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
