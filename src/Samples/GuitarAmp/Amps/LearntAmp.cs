namespace RnnGen.Samples.GuitarAmp;

/// <summary>The amplifier that the program trains: the network adds to the guitar what the amplifier does to it.</summary>
[Network(1)]
[Lstm(16)]
[Dense(1)]
[Skip]
public sealed partial class LearntAmp;
