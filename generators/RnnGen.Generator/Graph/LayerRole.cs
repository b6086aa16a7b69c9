namespace RnnGen.Generator.Graph;

/// <summary>What a layer does with time.</summary>
internal enum LayerRole
{
    /// <summary>Its state goes from step to step.</summary>
    Recurrent,

    /// <summary>It processes every step alike and alone.</summary>
    PerStep,

    /// <summary>The same without multiplying a matrix: its output is as wide as its input.</summary>
    Elementwise,

    /// <summary>It keeps the last unmasked step.</summary>
    LastStep,

    /// <summary>It keeps one value of all unmasked steps.</summary>
    Pooling,

    /// <summary>It zeroes values at random, in training only.</summary>
    Dropout,

    /// <summary>It processes a step and some before it.</summary>
    Convolution,

    /// <summary>It adds the network's input.</summary>
    Skip,

    /// <summary>It makes one vector of several.</summary>
    Join,
}
