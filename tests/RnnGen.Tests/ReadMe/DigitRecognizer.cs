namespace RnnGen.Tests.ReadMe;

// README: spec
[Network(inputSize: 20)]                      // features per time step
[Lstm(64)]                                    // layers, in order
[LastStep]                                    // many-to-one; leave out for many-to-many
[Dense(10, Activation.Softmax)]
public sealed partial class DigitRecognizer;  // everything else is generated
// README: end
