namespace RnnGen.Samples.GuitarAmp;

/// <summary>The amplifier model that the program trains: the network's output is added to the guitar signal.</summary>
[Network(1)]
[Lstm(16)]
[Dense(1)]
[Skip]
public sealed partial class LearntAmp;
