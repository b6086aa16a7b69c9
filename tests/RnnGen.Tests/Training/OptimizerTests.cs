using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>Every optimiser against PyTorch's formula written down naively in double precision.</summary>
public sealed class OptimizerTests
{
    private const int Updates = 300;

    public static TheoryData<string> Cases => [.. Optimizers.Keys];

    private static Dictionary<string, (Optimizer Optimizer, Func<Reference> Reference)> Optimizers { get; } = new()
    {
        ["sgd"] = (new Sgd(0.05f), () => new SgdReference(0.05f, 0, false, 0)),
        ["sgd decay"] = (new Sgd(0.05f, weightDecay: 0.1f), () => new SgdReference(0.05f, 0, false, 0.1f)),
        ["momentum"] = (new Sgd(0.05f, momentum: 0.9f), () => new SgdReference(0.05f, 0.9f, false, 0)),
        ["momentum decay"] = (new Sgd(0.05f, 0.8f, weightDecay: 0.02f), () => new SgdReference(0.05f, 0.8f, false, 0.02f)),
        ["nesterov"] = (new Sgd(0.05f, 0.9f, nesterov: true), () => new SgdReference(0.05f, 0.9f, true, 0)),
        ["nesterov decay"] = (new Sgd(0.05f, 0.9f, true, 0.02f), () => new SgdReference(0.05f, 0.9f, true, 0.02f)),
        ["adam"] = (new Adam(0.01f), () => new AdamReference(0.01f, 0.9, 0.999, 1e-8, 0, 0)),
        ["adam penalty"] = (new Adam(0.01f, 0.8, 0.95, 1e-5, 0.1f), () => new AdamReference(0.01f, 0.8, 0.95, 1e-5, 0.1f, 0)),
        ["adamw"] = (new AdamW(0.01f), () => new AdamReference(0.01f, 0.9, 0.999, 1e-8, 0, 0.01f)),
        ["adamw decay"] = (new AdamW(0.01f, weightDecay: 0.5f), () => new AdamReference(0.01f, 0.9, 0.999, 1e-8, 0, 0.5f)),
        ["rmsprop"] = (new RmsProp(0.005f), () => new RmsPropReference(0.005f, 0.99, 1e-8, 0, 0)),
        ["rmsprop momentum"] = (new RmsProp(0.005f, 0.9, 1e-6, 0.05f, 0.7f), () => new RmsPropReference(0.005f, 0.9, 1e-6, 0.05f, 0.7f)),
        ["adagrad"] = (new Adagrad(0.05f), () => new AdagradReference(0.05f, 1e-10, 0)),
        ["adagrad penalty"] = (new Adagrad(0.05f, 1e-6, 0.05f), () => new AdagradReference(0.05f, 1e-6, 0.05f)),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Many_updates_follow_the_formula(string name)
    {
        foreach (int length in new[] { 1, 3, 8, 16, 37, 100 })
        {
            (Optimizer optimizer, Func<Reference> makeReference) = Optimizers[name];
            var state = new OptimizerState(optimizer, length);
            Reference reference = makeReference();
            float[] weights = Numbers.Draw(length, length);
            double[] expected = [.. weights.Select(weight => (double)weight)];
            reference.Start(length);
            for (int update = 1; update <= Updates; update++)
            {
                float[] gradients = Numbers.Draw(1000 * length + update, length, scale: 0.5f * (1 + update % 7));
                double factor = 1 / (1 + 0.01 * update);
                state.Update(weights, gradients, optimizer.LearningRate * factor);
                for (int i = 0; i < length; i++)
                    expected[i] = reference.Update(i, update, expected[i], gradients[i], factor);
            }

            Assert.Equal(Updates, state.Updates);
            Numbers.AssertNear(expected, weights, 2e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Padding_stays_zero(string name)
    {
        Optimizer optimizer = Optimizers[name].Optimizer;
        var state = new OptimizerState(optimizer, 27);
        float[] weights = new float[27];
        float[] gradients = new float[27];
        weights[13] = 1;
        for (int update = 0; update < 50; update++)
        {
            gradients[13] = update % 3 - 1;
            state.Update(weights, gradients, optimizer.LearningRate);
        }

        Assert.NotEqual(1, weights[13]);
        weights[13] = 0;
        Numbers.AssertSameBits(new float[27], weights);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_weight_s_place_does_not_change_its_bits(string name)
    {
        Optimizer optimizer = Optimizers[name].Optimizer;
        float[] all = Numbers.Draw(1, 29);
        float[] last = all[^1..];
        var allState = new OptimizerState(optimizer, 29);
        var lastState = new OptimizerState(optimizer, 1);
        for (int update = 0; update < 40; update++)
        {
            float[] gradients = Numbers.Draw(update, 29);
            gradients[3] = gradients[^1];
            all[3] = update == 0 ? all[^1] : all[3];
            allState.Update(all, gradients, optimizer.LearningRate);
            lastState.Update(last, gradients[^1..], optimizer.LearningRate);
        }

        Numbers.AssertSameBits(last, all[^1..]); // in the rest of one vector and in that of another
        Numbers.AssertSameBits(last, all[3..4]); // in a whole vector
    }

    [Fact]
    public void One_description_serves_two_states()
    {
        var adam = new Adam(0.01f);
        var first = new OptimizerState(adam, 2);
        var second = new OptimizerState(adam, 2);
        float[] a = [1, 2];
        float[] b = [1, 2];
        for (int i = 0; i < 5; i++)
            first.Update(a, [3, -1], 0.01);
        for (int i = 0; i < 5; i++)
            second.Update(b, [3, -1], 0.01);

        Numbers.AssertSameBits(a, b);
    }

    [Fact]
    public void Wrong_options_are_named()
    {
        Assert.Equal("learningRate", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(-1)).ParamName);
        Assert.Equal("learningRate", Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(float.NaN)).ParamName);
        Assert.Equal("learningRate", Assert.Throws<ArgumentOutOfRangeException>(() => new Adagrad(float.PositiveInfinity)).ParamName);
        Assert.Equal("momentum", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1, -0.1f)).ParamName);
        Assert.Equal("nesterov", Assert.Throws<ArgumentException>(() => new Sgd(1, nesterov: true)).ParamName);
        Assert.Equal("weightDecay", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1, weightDecay: -1)).ParamName);
        Assert.Equal("beta1", Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(1, beta1: 1)).ParamName);
        Assert.Equal("beta2", Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(1, beta2: -0.1)).ParamName);
        Assert.Equal("epsilon", Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(1, epsilon: 0)).ParamName);
        Assert.Equal("epsilon", Assert.Throws<ArgumentOutOfRangeException>(() => new Adagrad(1, epsilon: 1e-60)).ParamName); // 0 as a float
        Assert.Equal("alpha", Assert.Throws<ArgumentOutOfRangeException>(() => new RmsProp(1, alpha: double.NaN)).ParamName);
        Assert.Equal("momentum", Assert.Throws<ArgumentOutOfRangeException>(() => new RmsProp(1, momentum: float.NaN)).ParamName);
    }

    /// <summary>A formula that remembers up to two doubles a weight.</summary>
    private abstract class Reference
    {
        protected double[] First { get; private set; } = [];

        protected double[] Second { get; private set; } = [];

        public void Start(int length)
        {
            First = new double[length];
            Second = new double[length];
        }

        public abstract double Update(int i, int update, double w, double g, double factor);
    }

    private sealed class SgdReference(double rate, double momentum, bool nesterov, double decay) : Reference
    {
        public override double Update(int i, int update, double w, double g, double factor)
        {
            g += decay * w;
            if (momentum != 0)
            {
                First[i] = update == 1 ? g : momentum * First[i] + g;
                g = nesterov ? g + momentum * First[i] : First[i];
            }

            return w - rate * factor * g;
        }
    }

    private sealed class AdamReference(double rate, double beta1, double beta2, double epsilon, double penalty, double decay) : Reference
    {
        public override double Update(int i, int update, double w, double g, double factor)
        {
            w *= 1 - rate * factor * decay;
            g += penalty * w;
            First[i] = beta1 * First[i] + (1 - beta1) * g;
            Second[i] = beta2 * Second[i] + (1 - beta2) * g * g;
            double mean = First[i] / (1 - Math.Pow(beta1, update));
            double square = Second[i] / (1 - Math.Pow(beta2, update));
            return w - rate * factor * mean / (Math.Sqrt(square) + epsilon);
        }
    }

    private sealed class RmsPropReference(double rate, double alpha, double epsilon, double penalty, double momentum) : Reference
    {
        public override double Update(int i, int update, double w, double g, double factor)
        {
            g += penalty * w;
            First[i] = alpha * First[i] + (1 - alpha) * g * g;
            Second[i] = momentum * Second[i] + g / (Math.Sqrt(First[i]) + epsilon);
            return w - rate * factor * Second[i];
        }
    }

    private sealed class AdagradReference(double rate, double epsilon, double penalty) : Reference
    {
        public override double Update(int i, int update, double w, double g, double factor)
        {
            g += penalty * w;
            First[i] += g * g;
            return w - rate * factor * g / (Math.Sqrt(First[i]) + epsilon);
        }
    }
}
