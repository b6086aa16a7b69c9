namespace RnnGen.Samples.SpokenDigits;

/// <summary>A recording of a spoken digit.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Digit">What is said, 0 to 9.</param>
/// <param name="Samples">8000 a second, in [−1, 1).</param>
internal sealed record Recording(string Name, int Digit, float[] Samples);
