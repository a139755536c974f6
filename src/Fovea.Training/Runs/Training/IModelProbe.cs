using Fovea.Training.Runs.Metrics;

namespace Fovea.Training.Runs.Training;

/// <summary>Looks at the model while it is trained, on pictures that it is not trained on.</summary>
internal interface IModelProbe
{
    /// <summary>Figures of the model as it is now. Changes nothing.</summary>
    IReadOnlyList<MetricValue> Look();

    /// <summary>The model of the last look is the best so far and becomes the one that serves: writes what shall stand beside it.</summary>
    void Keep()
    {
    }
}
