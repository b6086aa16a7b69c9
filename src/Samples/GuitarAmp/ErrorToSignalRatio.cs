namespace RnnGen.Samples.GuitarAmp;

/// <summary>The energy of the error relative to the signal's: 0 is perfect, 1 is as bad as silence.</summary>
internal static class ErrorToSignalRatio
{
    /// <summary><c>Σ (y − o)² / Σ y²</c>.</summary>
    /// <param name="outputs">o, the network's output.</param>
    /// <param name="targets">y, the target.</param>
    public static double Of(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        double error = 0, signal = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double difference = targets[i] - (double)outputs[i];
            error += difference * difference;
            signal += (double)targets[i] * targets[i];
        }

        return error / signal;
    }
}
