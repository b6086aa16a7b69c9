namespace RnnGen.Samples.JapaneseVowels;

/// <summary>What the command line asks for.</summary>
/// <param name="Data">The folder of the data set.</param>
/// <param name="Seed">Of everything that is drawn.</param>
/// <param name="Epochs">Passes over the noisy copies of the training set.</param>
internal sealed record Options(string Data, int Seed, int Epochs);
