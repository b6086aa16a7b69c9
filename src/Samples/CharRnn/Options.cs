namespace RnnGen.Samples.CharRnn;

/// <summary>What the command line asks for.</summary>
/// <param name="Text">A file to learn; null for the standard text.</param>
/// <param name="Epochs">Passes over the training text.</param>
/// <param name="Seed">Of everything that is drawn.</param>
/// <param name="Threads">That train.</param>
/// <param name="Length">Characters a sample.</param>
/// <param name="Temperature">Of the samples; null for several.</param>
internal sealed record Options(string? Text, int Epochs, int Seed, int Threads, int Length, double? Temperature);
