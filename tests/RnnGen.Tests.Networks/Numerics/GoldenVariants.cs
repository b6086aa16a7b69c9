namespace RnnGen.Tests.Numerics;

// The networks of the golden file of cells that have an option set.

[Network(1)]
[Lstm(8, Peephole = true)]
public sealed partial class PeepholeLstm1x8;

[Network(1)]
[Lstm(8, CoupledGates = true)]
public sealed partial class CoupledLstm1x8;

[Network(1)]
[Gru(8, Reset = ResetGate.BeforeProduct)]
public sealed partial class GruResetBefore1x8;

[Network(3)]
[Lstm(5, Peephole = true)]
public sealed partial class PeepholeLstm3x5;

[Network(3)]
[Lstm(5, CoupledGates = true)]
public sealed partial class CoupledLstm3x5;

[Network(3)]
[Gru(5, Reset = ResetGate.BeforeProduct)]
public sealed partial class GruResetBefore3x5;

[Network(16)]
[Lstm(16, Peephole = true)]
public sealed partial class PeepholeLstm16x16;

[Network(16)]
[Lstm(16, CoupledGates = true)]
public sealed partial class CoupledLstm16x16;

[Network(16)]
[Gru(16, Reset = ResetGate.BeforeProduct)]
public sealed partial class GruResetBefore16x16;

[Network(40)]
[Lstm(64, Peephole = true)]
public sealed partial class PeepholeLstm40x64;

[Network(40)]
[Lstm(64, CoupledGates = true)]
public sealed partial class CoupledLstm40x64;

[Network(40)]
[Gru(64, Reset = ResetGate.BeforeProduct)]
public sealed partial class GruResetBefore40x64;

[Network(6)]
[Lstm(16, Projection = 8)]
public sealed partial class ProjectedLstm6x16;

[Network(40)]
[Lstm(64, Projection = 24)]
public sealed partial class ProjectedLstm40x64;
