namespace RnnGen.Tests.Numerics;

/// <summary><c>y = φ(x)</c>.</summary>
internal sealed class ReferenceActivationAlone(string name, ActivationAttribute alone, int size) : ReferenceLayer(name, size)
{
    public override ReferenceRows Forward(ReferenceRows rows, ReferenceRun run)
    {
        run.Logits = alone.Activation is Activation.Softmax or Activation.Sigmoid ? rows : null;
        return rows.Map(row => row.Activate(alone.Activation, alone.ActivationAlpha, alone.ActivationBeta));
    }
}

/// <summary><c>y = γ ⊙ (x − mean) / √(variance + 1e-5) + β</c>.</summary>
internal sealed class ReferenceLayerNorm : ReferenceLayer
{
    public ReferenceLayerNorm(string name, int size)
        : base(name, size)
    {
        Declare("weight", size);
        Declare("bias", size);
    }

    public override ReferenceRows Forward(ReferenceRows rows, ReferenceRun run) =>
        rows.Map(row => row.Normalize(1e-5) * Find(run, "weight")! + Find(run, "bias")!);
}
