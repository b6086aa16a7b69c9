namespace RnnGen.Samples.GuitarAmp;

/// <summary>How much of a signal's energy is wrong: 0 is perfect, 1 is as wrong as silence.</summary>
internal static class ErrorToSignalRatio
{
    /// <summary><c>Σ (y − o)² / Σ y²</c>.</summary>
    /// <param name="outputs">o, what is heard.</param>
    /// <param name="targets">y, what should be.</param>
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
