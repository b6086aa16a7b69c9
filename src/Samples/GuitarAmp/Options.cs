namespace RnnGen.Samples.GuitarAmp;

/// <summary>What the command line asks for.</summary>
/// <param name="Model">A model to play through; null to train one.</param>
/// <param name="Input">A recording to play; null for a riff that the program makes.</param>
/// <param name="Epochs">Passes over the training signal.</param>
/// <param name="Seed">Of everything that is drawn.</param>
/// <param name="Folder">Where files are written.</param>
internal sealed record Options(string? Model, string? Input, int Epochs, int Seed, string Folder);
