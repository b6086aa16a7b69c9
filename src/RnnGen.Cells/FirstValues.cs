namespace RnnGen.Cells;

/// <summary>First values by other rules than PyTorch's, from the same random numbers: networks of the same seed stay the same everywhere.</summary>
internal static class FirstValues
{
    /// <summary>A value that was drawn evenly from ±1/√units, as one drawn evenly from 0 to 1.</summary>
    public static float Share(float value, int units) => Math.Clamp(0.5f * ((value * MathF.Sqrt(units)) + 1), 0, 1);
}
