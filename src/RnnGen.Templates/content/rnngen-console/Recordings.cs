namespace RnnGenConsole;

/// <summary>Simulated recordings of an accelerometer on a wrist: 50 samples per second, three axes, in g.</summary>
internal static class Recordings
{
    private static readonly (double Hertz, double Amplitude)[] Motions = [(0.3, 0.02), (1.8, 0.25), (2.7, 0.9)];

    /// <summary>Recordings of 1 to 2 seconds with the activity of each: 0 standing, 1 walking, 2 running.</summary>
    public static (float[][] Sequences, int[] Activities) Make(int count, int seed)
    {
        var random = new Random(seed);
        int[] activities = [.. Enumerable.Range(0, count).Select(_ => random.Next(Motions.Length))];
        return ([.. activities.Select(activity => Make(activity, steps: random.Next(50, 101), random))], activities);
    }

    /// <summary>One recording: x, y and z of each sample, one sample after the other.</summary>
    public static float[] Make(int activity, int steps, Random random)
    {
        (double hertz, double amplitude) = Motions[activity];
        double turn = 2 * Math.PI * hertz * (0.85 + 0.3 * random.NextDouble()) / 50;
        double phase = 2 * Math.PI * random.NextDouble(), tilt = 0.4 * (random.NextDouble() - 0.5), strength = amplitude * (0.7 + 0.6 * random.NextDouble());
        float[] samples = new float[3 * steps];
        for (int step = 0; step < steps; step++)
        {
            double swing = strength * Math.Sin(phase + step * turn), impact = 0.5 * strength * Math.Sin(2 * (phase + step * turn));
            double[] axes = [Math.Sin(tilt) + 0.6 * swing, 0.3 * swing + 0.2 * impact, Math.Cos(tilt) + impact];
            for (int axis = 0; axis < 3; axis++)
                samples[3 * step + axis] = (float)(axes[axis] + 0.08 * (random.NextDouble() + random.NextDouble() - 1));
        }

        return samples;
    }
}
