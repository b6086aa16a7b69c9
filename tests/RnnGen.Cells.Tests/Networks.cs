namespace RnnGen.Cells.Tests;

[Network(6)]
[Mgu(12)]
internal sealed partial class MguNetwork;

[Network(6)]
[MinGru(12)]
internal sealed partial class MinGruNetwork;

[Network(6)]
[MinLstm(12)]
internal sealed partial class MinLstmNetwork;

[Network(6)]
[LiGru(12)]
internal sealed partial class LiGruNetwork;

[Network(6)]
[Janet(12)]
internal sealed partial class JanetNetwork;

[Network(6)]
[Janet(12, Beta = 0.5f)]
internal sealed partial class JanetOptionNetwork;

[Network(6)]
[Ugrnn(12)]
internal sealed partial class UgrnnNetwork;

[Network(6)]
[IndRnn(12)]
internal sealed partial class IndRnnNetwork;

[Network(6)]
[IndRnn(12, Activation = Activation.Tanh)]
internal sealed partial class IndRnnOptionNetwork;

[Network(12)]
[Sru(12)]
internal sealed partial class SruNetwork;

[Network(6)]
[Qrnn(12)]
internal sealed partial class QrnnNetwork;

[Network(6)]
[FastGrnn(12)]
internal sealed partial class FastGrnnNetwork;

[Network(6)]
[Star(12)]
internal sealed partial class StarNetwork;

[Network(6)]
[SLstm(12)]
internal sealed partial class SLstmNetwork;

[Network(6)]
[SLstm(12, ExponentialForget = true)]
internal sealed partial class SLstmOptionNetwork;

[Network(6)]
[Cfc(12, 9)]
internal sealed partial class CfcNetwork;

[Network(6)]
[Cfc(12, 9, TimeFeature = 0)]
internal sealed partial class CfcOptionNetwork;

[Network(6)]
[Ltc(12)]
internal sealed partial class LtcNetwork;

[Network(6)]
[Ltc(12, TimeFeature = 1)]
internal sealed partial class LtcOptionNetwork;

[Network(6)]
[CtRnn(12)]
internal sealed partial class CtRnnNetwork;

[Network(6)]
[CtRnn(12, Leak = 0.3f)]
internal sealed partial class CtRnnOptionNetwork;

[Network(6)]
[Lmu(12, 7)]
internal sealed partial class LmuNetwork;

[Network(6)]
[Lmu(12, 7, Theta = 5)]
internal sealed partial class LmuOptionNetwork;

[Network(6)]
[Nbrc(12)]
internal sealed partial class NbrcNetwork;

[Network(6)]
[Sru(12)]
internal sealed partial class SruOptionNetwork;
