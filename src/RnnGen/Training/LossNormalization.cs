namespace RnnGen.Training;

/// <summary>What the sum of the weighted losses of a mini-batch is divided by.</summary>
public enum LossNormalization
{
    /// <summary>By the sum of the weights of its unmasked steps: the mean over the steps that count, as in Keras.</summary>
    PerStep,

    /// <summary>
    /// By the number of its sequences, as in Deeplearning4j: long sequences have more influence. For a many-to-one network without weights the same as
    /// <see cref="PerStep"/>.
    /// </summary>
    PerSequence,
}
