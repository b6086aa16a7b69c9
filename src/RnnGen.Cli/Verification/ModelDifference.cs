namespace RnnGen.Cli.Verification;

/// <summary>How far two models are apart in one output.</summary>
/// <param name="Output">The layer that computes it.</param>
/// <param name="Size">Its values.</param>
/// <param name="Largest">The largest difference, absolute up to a magnitude of 1 and relative beyond; infinite where one of the two is not finite.</param>
/// <param name="Input">The input on which it was found.</param>
internal sealed record ModelDifference(string Output, int Size, double Largest, string Input);
