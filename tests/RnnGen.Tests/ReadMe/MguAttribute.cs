using static RnnGen.Equations;

namespace RnnGen.Tests.ReadMe;

// README: cell
/// <summary>Minimal gated unit. Zhou et al. 2016, https://arxiv.org/abs/1603.09420.</summary>
public sealed class MguAttribute(int units) : CellAttribute(units)
{
    public bool Coupled { get; set; } = true;                    // an option, as on any attribute

    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Vector f = Sigmoid(Gate("f", x, h));                     // W_f x + U_f h + both biases
        Vector n = Tanh(Gate("n", x, f * h));
        Next(h, Coupled ? (1 - f) * h + f * n : h + f * n);
    }
}

[Network(20)]
[Mgu(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
public sealed partial class MguRecognizer;
// README: end
