namespace RnnGen.Samples.GuitarAmp;

/// <summary>The energy of a signal over time and frequency.</summary>
internal static class Spectrogram
{
    /// <summary>Samples in the window of a column.</summary>
    public const int WindowLength = 2048;

    private const double Floor = 1e-10;

    /// <summary>Decibels, [frequencies, columns], the highest frequency first; a full-scale sine is about 0.</summary>
    /// <param name="audio">The signal.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="highest">The highest frequency, in Hz.</param>
    public static double[,] Of(WavAudio audio, int columns, double highest)
    {
        var spectrum = new PowerSpectrum(WindowLength);
        double[] window = [.. Enumerable.Range(0, WindowLength).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / WindowLength)))];
        double fullScale = Math.Pow(window.Sum() / 2, 2);
        var power = new double[(WindowLength / 2) + 1];
        int rows = Math.Min(power.Length, (int)(highest / audio.Rate * WindowLength) + 1);
        var image = new double[rows, columns];
        for (int column = 0; column < columns; column++)
        {
            int centre = (int)((column + 0.5) * audio.Samples.Length / columns);
            int start = Math.Max(0, centre - (WindowLength / 2)), end = Math.Min(audio.Samples.Length, start + WindowLength);
            spectrum.Compute(audio.Samples.AsSpan(start, end - start), window, power);
            for (int row = 0; row < rows; row++)
                image[rows - 1 - row, column] = 10 * Math.Log10(Math.Max(power[row] / fullScale, Floor));
        }

        return image;
    }
}
