namespace RnnGen.Tests.Surface;

/// <summary>The largest state that is a value: 8,192 bytes.</summary>
[Network(1, Training = false)]
[Conv1D(1, 2, Dilation = 2016)]
internal sealed partial class LargestState;

/// <summary>One frame more, and the state is a class.</summary>
[Network(1, Training = false)]
[Conv1D(1, 2, Dilation = 2017)]
internal sealed partial class SmallestStateClass;

/// <summary>A state of a megabyte.</summary>
[Network(16)]
[Conv1D(2, 2, Dilation = 16384)]
internal sealed partial class MegabyteState;
