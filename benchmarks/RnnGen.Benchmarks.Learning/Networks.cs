namespace RnnGen.Benchmarks.Learning;

[Network(2)]
[Gru(16)]
[LastStep]
[Dense(4, Activation.Softmax)]
internal sealed partial class ToneNetwork;

[Network(GestureSet.Features)]
[Gru(32, Direction = Direction.Bidirectional)]
[MaxPool]
[Dropout(0.3f)]
[Dense(10, Activation.Softmax)]
internal sealed partial class GestureNetwork;
