namespace Fovea.Training.Optimization;

/// <summary>The numbers of one AdamW step, rounded to float32 where torch rounds them.</summary>
internal readonly record struct AdamWStep
{
    public AdamWStep(double learningRate, AdamWSettings settings, long steps, float gradientScale, float followerWeight)
    {
        LearningRate = learningRate;
        GradientScale = gradientScale;
        FollowerWeight = followerWeight;
        Keep2 = (float)settings.Beta2;
        Take1 = (float)(1 - settings.Beta1);
        Take2 = (float)(1 - settings.Beta2);
        Epsilon = (float)settings.Epsilon;
        StepSize = (float)(learningRate / (1 - Math.Pow(settings.Beta1, steps)));
        RootOfBias2 = (float)Math.Sqrt(1 - Math.Pow(settings.Beta2, steps));
    }

    public double LearningRate { get; }

    /// <summary>What gradients are multiplied by first.</summary>
    public float GradientScale { get; }

    /// <summary>How far the follower moves towards the new values: 1 - momentum.</summary>
    public float FollowerWeight { get; }

    public float Take1 { get; }

    public float Keep2 { get; }

    public float Take2 { get; }

    public float Epsilon { get; }

    /// <summary>The rate over `1 - beta1^steps`.</summary>
    public float StepSize { get; }

    /// <summary>The root of `1 - beta2^steps`.</summary>
    public float RootOfBias2 { get; }
}
