namespace RnnGen.Tests.Surface;

[Network(1)]
[Conv1D(1, 2, Dilation = 16336)]
internal sealed partial class LargestState;
