using RnnGen;

namespace RnnGenNative;

/// <summary>
/// Tells standing, walking and running apart by the three axes of an accelerometer, 50 samples per second, in g. The weights are those that the template rnngen-console trains;
/// they become a part of the library.
/// </summary>
[Network(3, Weights = "activity.safetensors", Training = false)]
[Gru(16)]
[LastStep]
[Dense(3, Activation.Softmax)]
[NativeExport("activity")]           // activity.h: activity_create_default, activity_step, activity_destroy, …
public sealed partial class ActivityRecognizer;
