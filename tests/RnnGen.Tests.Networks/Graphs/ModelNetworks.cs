namespace RnnGen.Tests.Graphs;

// Networks of others.

/// <summary>RNNoise (Valin 2018): speech, and a gain for each of 22 bands.</summary>
[Network(42)]
[Dense(24, Activation.Tanh, Name = "dense")]
[Gru(24, Name = "vad_gru", Reset = ResetGate.BeforeProduct, CandidateActivation = Activation.Relu)]
[Dense(1, Activation.Sigmoid, Name = "vad", IsOutput = true)]
[Gru(48, Name = "noise_gru", From = ["dense", "vad_gru", "input"], Reset = ResetGate.BeforeProduct, CandidateActivation = Activation.Relu)]
[Gru(96, Name = "denoise_gru", From = ["vad_gru", "noise_gru", "input"], Reset = ResetGate.BeforeProduct, CandidateActivation = Activation.Relu)]
[Dense(22, Activation.Sigmoid, Name = "gains", IsOutput = true)]
public sealed partial class NoiseSuppressor;

/// <summary>RTNeural's dense.json: a softmax in the middle, and three layers without biases at the end.</summary>
[Network(1)]
[Dense(8, Activation.Tanh)]
[Dense(8, Activation.Relu)]
[Dense(8, Activation.Elu)]
[Dense(8, Activation.Softmax)]
[Dense(1)]
[Dense(8, Bias = false)]
[Dense(8, Bias = false)]
[Dense(1, Bias = false)]
public sealed partial class RtNeuralDense;

/// <summary>Two layers of a WaveNet: gated dilated convolutions with residuals, and the sum of the skips.</summary>
[Network(1)]
[Dense(6, Name = "rechannel", Bias = false)]
[Conv1D(6, 3, Activation.Tanh, Name = "filter1", From = ["rechannel"])]
[Conv1D(6, 3, Activation.Sigmoid, Name = "gate1", From = ["rechannel"])]
[Multiply(Name = "gated1", From = ["filter1", "gate1"])]
[Dense(6, Name = "mix1")]
[Add(Name = "layer1", From = ["rechannel", "mix1"])]
[Conv1D(6, 3, Activation.Tanh, Name = "filter2", From = ["layer1"], Dilation = 2)]
[Conv1D(6, 3, Activation.Sigmoid, Name = "gate2", From = ["layer1"], Dilation = 2)]
[Multiply(Name = "gated2", From = ["filter2", "gate2"])]
[Dense(6, Name = "mix2")]
[Add(Name = "layer2", From = ["layer1", "mix2"])]
[Conv1D(6, 3, Activation.Tanh, Name = "filter3", From = ["layer2"], Dilation = 4)]
[Conv1D(6, 3, Activation.Sigmoid, Name = "gate3", From = ["layer2"], Dilation = 4)]
[Multiply(Name = "gated3", From = ["filter3", "gate3"])]
[Add(Name = "skips", From = ["gated1", "gated2", "gated3"])]
[Activation(Activation.Relu)]
[Dense(1)]
public sealed partial class WaveNetStack;

/// <summary>What Silero VAD (16 kHz) makes of the encoded chunks: its decoder.</summary>
[Network(128)]
[Lstm(128, Name = "rnn")]
[Activation(Activation.Relu)]
[Conv1D(1, 1, Activation.Sigmoid, Name = "decoder")]
public sealed partial class SileroDecoder;

/// <summary>The first convolution of its encoder, over the four spectra of a chunk.</summary>
[Network(129)]
[Conv1D(128, 3, Activation.Relu, Padding = ConvPadding.Same, Name = "encoder")]
public sealed partial class SileroEncoder0;

/// <summary>The second, of which every other step is read.</summary>
[Network(128)]
[Conv1D(64, 3, Activation.Relu, Padding = ConvPadding.Same, Name = "encoder")]
public sealed partial class SileroEncoder1;

/// <summary>The third, likewise.</summary>
[Network(64)]
[Conv1D(64, 3, Activation.Relu, Padding = ConvPadding.Same, Name = "encoder")]
public sealed partial class SileroEncoder2;

/// <summary>The last.</summary>
[Network(64)]
[Conv1D(128, 3, Activation.Relu, Padding = ConvPadding.Same, Name = "encoder")]
public sealed partial class SileroEncoder3;
