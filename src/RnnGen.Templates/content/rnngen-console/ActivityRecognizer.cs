using RnnGen;

namespace RnnGenConsole;

/// <summary>Tells standing, walking and running apart by the three axes of an accelerometer.</summary>
[Network(inputSize: 3)]              // features per time step
[Gru(16)]                            // layers, in order
[LastStep]                           // one answer a sequence; leave it out for one a step
[Dense(3, Activation.Softmax)]
public sealed partial class ActivityRecognizer;
