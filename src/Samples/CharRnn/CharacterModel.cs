namespace RnnGen.Samples.CharRnn;

/// <summary>Reads a text character by character and says, after each, how likely every character is to come next.</summary>
[Network(OneHot = Alphabet.Size)]
[Lstm(128)]
[Dense(Alphabet.Size, Activation.Softmax)]
public sealed partial class CharacterModel;
