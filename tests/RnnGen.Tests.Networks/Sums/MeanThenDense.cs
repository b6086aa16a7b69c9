namespace RnnGen.Tests.Sums;

[Network(5)]
[MeanPool]
[Dense(5, Bias = false)]
public sealed partial class MeanThenDense;
