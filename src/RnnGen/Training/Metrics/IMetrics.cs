namespace RnnGen.Training;

/// <summary>Accumulates metrics over outputs.</summary>
internal interface IMetrics
{
    /// <summary>Takes some rows into account.</summary>
    void Add(in LossRows rows, Targets targets);
}
