namespace RnnGen.Samples.SpokenDigits;

/// <summary>What the command line asks for.</summary>
/// <param name="Epochs">Passes over the training set.</param>
/// <param name="Seed">Of the initial weights and the order of the training set.</param>
/// <param name="BatchSize">Utterances an update.</param>
/// <param name="Folder">Where weights and plots are written, and read for <paramref name="Listen"/>.</param>
/// <param name="Listen">A recording to recognise with saved weights instead of training; null to train.</param>
internal sealed record Options(int Epochs, int Seed, int BatchSize, string Folder, string? Listen);
