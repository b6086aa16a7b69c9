namespace RnnGen.Samples.CharRnn;

/// <summary>Reads a text character by character and predicts, after each, the probability of every character to come next.</summary>
[Network(OneHot = Alphabet.Size)]
[Lstm(128)]
[Dense(Alphabet.Size, Activation.Softmax)]
public sealed partial class CharacterModel;
