namespace RnnGen.Samples.VoiceActivity;

// Silero VAD for 16 kHz, with one network per encoder layer: its convolutions have strides, which the code between them implements by dropping steps. Layers see
// both neighbours of a step, within one chunk; only the decoder keeps state from chunk to chunk.

/// <summary>A windowed Fourier transform as a matrix: 129 real parts and 129 imaginary ones.</summary>
[Network(256, Training = false)]
[Dense(258, Bias = false, Name = "stft")]
public sealed partial class SileroTransform;

/// <summary>The encoder's first convolution, over a chunk's four spectra.</summary>
[Network(129, Training = false)]
[Conv1D(128, 3, Activation.Relu, Padding = ConvPadding.Same, Name = "encoder")]
public sealed partial class SileroEncoder0;

/// <summary>The second, of stride 2.</summary>
[Network(128, Training = false)]
[Conv1D(64, 3, Activation.Relu, Padding = ConvPadding.Same, Name = "encoder")]
public sealed partial class SileroEncoder1;

/// <summary>The third, of stride 2.</summary>
[Network(64, Training = false)]
[Conv1D(64, 3, Activation.Relu, Padding = ConvPadding.Same, Name = "encoder")]
public sealed partial class SileroEncoder2;

/// <summary>The last.</summary>
[Network(64, Training = false)]
[Conv1D(128, 3, Activation.Relu, Padding = ConvPadding.Same, Name = "encoder")]
public sealed partial class SileroEncoder3;

/// <summary>The decoder: one step per chunk.</summary>
[Network(128, Training = false)]
[Lstm(128, Name = "rnn")]
[Activation(Activation.Relu)]
[Dense(1, Activation.Sigmoid, Name = "decoder")]
public sealed partial class SileroDecoder;
