namespace RnnGen.Training;

/// <summary>Something that is told what a network answered.</summary>
internal interface IMetrics
{
    /// <summary>Takes some rows into account.</summary>
    void Add(in LossRows rows, Targets targets);
}
