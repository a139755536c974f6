namespace Fovea.Training.Evaluation;

/// <summary>ln 0!, ln 1!, ..., ln n!, each rounded once: sums of logarithms with the lost digits carried along (Neumaier 1974).</summary>
internal sealed class LogFactorials
{
    private readonly double[] _values;

    public LogFactorials(int largest)
    {
        _values = new double[largest + 1];
        double sum = 0, lost = 0;
        for (int number = 2; number <= largest; number++)
        {
            double term = Math.Log(number), next = sum + term;
            lost += sum > term ? sum - next + term : term - next + sum;
            sum = next;
            _values[number] = sum + lost;
        }
    }

    /// <summary>ln number!</summary>
    public double this[int number] => _values[number];

    /// <summary>The logarithm of n over k.</summary>
    public double Binomial(int n, int k) => _values[n] - _values[k] - _values[n - k];
}
