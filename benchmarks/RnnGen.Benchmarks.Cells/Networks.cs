using RnnGen.Cells;

namespace RnnGen.Benchmarks.Cells;

[Network(1, Training = false)]
[Lstm(16)]
internal sealed partial class Lstm1To16;

[Network(64, Training = false)]
[Lstm(64)]
internal sealed partial class Lstm64To64;

[Network(20)]
[Lstm(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class LstmDigits;

[Network(1, Training = false)]
[Gru(16)]
internal sealed partial class Gru1To16;

[Network(64, Training = false)]
[Gru(64)]
internal sealed partial class Gru64To64;

[Network(20)]
[Gru(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class GruDigits;

[Network(1, Training = false)]
[Mgu(16)]
internal sealed partial class Mgu1To16;

[Network(64, Training = false)]
[Mgu(64)]
internal sealed partial class Mgu64To64;

[Network(20)]
[Mgu(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class MguDigits;

[Network(1, Training = false)]
[MinGru(16)]
internal sealed partial class MinGru1To16;

[Network(64, Training = false)]
[MinGru(64)]
internal sealed partial class MinGru64To64;

[Network(20)]
[MinGru(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class MinGruDigits;

[Network(1, Training = false)]
[MinLstm(16)]
internal sealed partial class MinLstm1To16;

[Network(64, Training = false)]
[MinLstm(64)]
internal sealed partial class MinLstm64To64;

[Network(20)]
[MinLstm(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class MinLstmDigits;

[Network(1, Training = false)]
[LiGru(16)]
internal sealed partial class LiGru1To16;

[Network(64, Training = false)]
[LiGru(64)]
internal sealed partial class LiGru64To64;

[Network(20)]
[LiGru(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class LiGruDigits;

[Network(1, Training = false)]
[Janet(16)]
internal sealed partial class Janet1To16;

[Network(64, Training = false)]
[Janet(64)]
internal sealed partial class Janet64To64;

[Network(20)]
[Janet(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class JanetDigits;

[Network(1, Training = false)]
[Ugrnn(16)]
internal sealed partial class Ugrnn1To16;

[Network(64, Training = false)]
[Ugrnn(64)]
internal sealed partial class Ugrnn64To64;

[Network(20)]
[Ugrnn(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class UgrnnDigits;

[Network(1, Training = false)]
[IndRnn(16)]
internal sealed partial class IndRnn1To16;

[Network(64, Training = false)]
[IndRnn(64)]
internal sealed partial class IndRnn64To64;

[Network(20)]
[IndRnn(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class IndRnnDigits;

[Network(1, Training = false)]
[Sru(16)]
internal sealed partial class Sru1To16;

[Network(64, Training = false)]
[Sru(64)]
internal sealed partial class Sru64To64;

[Network(20)]
[Sru(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class SruDigits;

[Network(1, Training = false)]
[Qrnn(16)]
internal sealed partial class Qrnn1To16;

[Network(64, Training = false)]
[Qrnn(64)]
internal sealed partial class Qrnn64To64;

[Network(20)]
[Qrnn(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class QrnnDigits;

[Network(1, Training = false)]
[FastGrnn(16)]
internal sealed partial class FastGrnn1To16;

[Network(64, Training = false)]
[FastGrnn(64)]
internal sealed partial class FastGrnn64To64;

[Network(20)]
[FastGrnn(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class FastGrnnDigits;

[Network(1, Training = false)]
[Star(16)]
internal sealed partial class Star1To16;

[Network(64, Training = false)]
[Star(64)]
internal sealed partial class Star64To64;

[Network(20)]
[Star(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class StarDigits;

[Network(1, Training = false)]
[SLstm(16)]
internal sealed partial class SLstm1To16;

[Network(64, Training = false)]
[SLstm(64)]
internal sealed partial class SLstm64To64;

[Network(20)]
[SLstm(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class SLstmDigits;

[Network(1, Training = false)]
[Cfc(16, backbone: 16)]
internal sealed partial class Cfc1To16;

[Network(64, Training = false)]
[Cfc(64, backbone: 64)]
internal sealed partial class Cfc64To64;

[Network(20)]
[Cfc(64, backbone: 64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class CfcDigits;

[Network(1, Training = false)]
[Ltc(16)]
internal sealed partial class Ltc1To16;

[Network(64, Training = false)]
[Ltc(64)]
internal sealed partial class Ltc64To64;

[Network(20)]
[Ltc(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class LtcDigits;

[Network(1, Training = false)]
[CtRnn(16)]
internal sealed partial class CtRnn1To16;

[Network(64, Training = false)]
[CtRnn(64)]
internal sealed partial class CtRnn64To64;

[Network(20)]
[CtRnn(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class CtRnnDigits;

[Network(1, Training = false)]
[Lmu(16, order: 16)]
internal sealed partial class Lmu1To16;

[Network(64, Training = false)]
[Lmu(64, order: 64)]
internal sealed partial class Lmu64To64;

[Network(20)]
[Lmu(64, order: 64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class LmuDigits;

[Network(1, Training = false)]
[Nbrc(16)]
internal sealed partial class Nbrc1To16;

[Network(64, Training = false)]
[Nbrc(64)]
internal sealed partial class Nbrc64To64;

[Network(20)]
[Nbrc(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class NbrcDigits;
