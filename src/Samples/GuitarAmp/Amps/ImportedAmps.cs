namespace RnnGen.Samples.GuitarAmp;

// Networks of the most common shapes; weights come from files. The classes are compiled with the program, as in a plug-in: no compiler is shipped,
// and nothing is compiled when a user opens a file.

/// <summary>Neural Amp Modeler: one LSTM of 16 units, whose initial state is learnt.</summary>
[Network(1, Training = false)]
[Lstm(16, LearnedState = true)]
[Dense(1)]
public sealed partial class NamLstm1x16;

/// <summary>Neural Amp Modeler: two LSTMs of 8 units.</summary>
[Network(1, Training = false)]
[Lstm(8, LearnedState = true)]
[Lstm(8, LearnedState = true)]
[Dense(1)]
public sealed partial class NamLstm2x8;

/// <summary>GuitarML's NeuralSeed: an LSTM of 8 units.</summary>
[Network(1, Training = false)]
[Lstm(8)]
[Dense(1)]
[Skip]
public sealed partial class GuitarMlLstm8;

/// <summary>GuitarML's NeuralSeed: a GRU of 8 units.</summary>
[Network(1, Training = false)]
[Gru(8)]
[Dense(1)]
[Skip]
public sealed partial class GuitarMlGru8;

/// <summary>GuitarML's Proteus: an LSTM of 40 units.</summary>
[Network(1, Training = false)]
[Lstm(40)]
[Dense(1)]
[Skip]
public sealed partial class GuitarMlLstm40;
