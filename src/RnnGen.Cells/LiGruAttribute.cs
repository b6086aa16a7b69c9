using static RnnGen.Equations;

namespace RnnGen.Cells;

/// <summary>
/// The light GRU (Ravanelli et al. 2018, https://arxiv.org/abs/1803.10225): no reset gate, and a ReLU candidate.
/// <c>z = σ(W_z x + U_z h + b_z)</c>, <c>n = relu(W_n x + U_n h + b_n)</c>, <c>h' = z ⊙ h + (1 − z) ⊙ n</c>.
/// The paper normalises <c>W x</c> over the batch; a batch-normalised layer's scale and shift fold into <c>weight_ih</c> and <c>bias_ih</c>.
/// </summary>
/// <param name="units">Hidden units.</param>
public sealed class LiGruAttribute(int units) : CellAttribute(units)
{
    /// <inheritdoc/>
    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Vector z = Sigmoid(Gate("z", x, h));
        Vector n = Relu(Gate("n", x, h));
        Next(h, z * h + (1 - z) * n);
    }
}
