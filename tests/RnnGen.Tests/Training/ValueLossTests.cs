using RnnGen.Runtime;
using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>The losses of values against numbers worked out by hand, and against their definition in double precision.</summary>
public sealed class ValueLossTests
{
    private static Dictionary<string, (Loss Loss, Func<Case, double[], double> Reference)> Losses { get; } = new()
    {
        ["mse"] = (Loss.MeanSquaredError, (test, outputs) => test.Mean(outputs, d => d * d)),
        ["mae"] = (Loss.MeanAbsoluteError, (test, outputs) => test.Mean(outputs, Math.Abs)),
        ["huber"] = (Loss.Huber(), (test, outputs) => test.Mean(outputs, d => Math.Abs(d) <= 1 ? d * d / 2 : Math.Abs(d) - 0.5)),
        ["huber 0.3"] = (Loss.Huber(0.3f), (test, outputs) => test.Mean(outputs, d => Math.Abs(d) <= 0.3f ? d * d / 2 : 0.3f * (Math.Abs(d) - 0.15f))),
        ["esr"] = (Loss.ErrorToSignal, (test, outputs) => test.ErrorToSignal(outputs, 0)),
        ["esr 0.85"] = (Loss.ErrorToSignal.WithPreEmphasis(0.85f), (test, outputs) => test.ErrorToSignal(outputs, 0.85f)),
    };

    public static TheoryData<string> Names => [.. Losses.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_and_gradient_follow_the_definition_over_rows_that_count(string name)
    {
        (Loss loss, Func<Case, double[], double> reference) = Losses[name];
        foreach ((int steps, int batch, int size) in new[] { (1, 1, 1), (5, 1, 1), (4, 3, 2), (9, 2, 17) })
        {
            foreach ((bool masked, bool weighted) in new[] { (false, false), (true, false), (false, true), (true, true) })
            {
                Case test = new(steps, batch, size, masked, weighted);
                float[] gradients = Numbers.Draw(1, steps * batch * size); // to be overwritten
                Numbers.AssertNear(reference(test, test.Variables), test.Compute(loss, gradients), 1e-6);
                Numbers.AssertNear(FiniteDifferences(test.Variables, outputs => reference(test, outputs)), gradients, 2e-6);
                for (int i = 0; i < gradients.Length; i++)
                    Assert.True(test.Weight(i / size) != 0 || gradients[i] == 0);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Garbage_in_rows_that_do_not_count_changes_no_bit(string name)
    {
        Loss loss = Losses[name].Loss;
        Case clean = new(6, 3, 2, masked: true, weighted: true), dirty = new(6, 3, 2, masked: true, weighted: true);
        for (int row = 0; row < 18; row++)
        {
            if (clean.Weight(row) != 0)
                continue;
            dirty.Outputs.AsSpan(row * 2, 2).Fill(1e30f);
            dirty.Targets.AsSpan(row * 2, 2).Fill(float.NaN);
        }

        float[] expected = new float[36], gradients = new float[36];
        Assert.Equal(clean.Compute(loss, expected), dirty.Compute(loss, gradients));
        Numbers.AssertSameBits(expected, gradients);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_NaN_in_a_row_that_counts_is_a_NaN_loss(string name)
    {
        Case test = new(4, 2, 3, masked: false, weighted: false);
        test.Outputs[7] = float.NaN;
        Assert.True(double.IsNaN(test.Compute(Losses[name].Loss, new float[24])));
    }

    // PyTorch: HuberLoss is 0.5 d² where |d| < δ, else δ (|d| − 0.5 δ); L1Loss is |d|; both are means over all values.
    [Fact]
    public void Values_and_gradients_are_those_worked_out_by_hand()
    {
        float[] outputs = [1.5f, -4, 3, 0], targets = [1, -2, 3, 0.25f]; // differences 0.5, −2, 0, −0.25
        AssertLoss(Loss.MeanAbsoluteError, (0.5 + 2 + 0 + 0.25) / 4, [0.25, -0.25, 0, -0.25]);
        AssertLoss(Loss.Huber(), (0.125 + 1.5 + 0 + 0.03125) / 4, [0.125, -0.25, 0, -0.0625]);
        AssertLoss(Loss.Huber(0.5f), (0.125 + 0.875 + 0 + 0.03125) / 4, [0.125, -0.125, 0, -0.0625]);
        AssertLoss(Loss.Huber(3), (0.125 + 2 + 0 + 0.03125) / 4, [0.125, -0.5, 0, -0.0625]);
        double signal = 1 + 4 + 9 + 0.0625 + 4e-5;
        AssertLoss(Loss.ErrorToSignal, (0.25 + 4 + 0 + 0.0625) / signal, [1 / signal, -4 / signal, 0, -0.5 / signal]);

        // Filtered with a = 0.5: differences 0.5, −2.25, 1, −0.25; targets 1, −2.5, 4, −1.25.
        signal = 1 + 6.25 + 16 + 1.5625 + 4e-5;
        double[] gradient = [2 * (0.5 + 0.5 * 2.25) / signal, 2 * (-2.25 - 0.5) / signal, 2 * (1 + 0.5 * 0.25) / signal, 2 * -0.25 / signal];
        AssertLoss(Loss.ErrorToSignal.WithPreEmphasis(0.5f), (0.25 + 5.0625 + 1 + 0.0625) / signal, gradient);

        void AssertLoss(Loss loss, double value, double[] gradient)
        {
            var test = new Case(4, 1, 1, masked: false, weighted: false);
            outputs.CopyTo(test.Outputs, 0);
            targets.CopyTo(test.Targets, 0);
            float[] gradients = new float[4];
            Numbers.AssertNear(value, test.Compute(loss, gradients), 1e-7);
            Numbers.AssertNear(gradient, gradients, 1e-6);
        }
    }

    [Fact]
    public void The_error_to_signal_ratio_of_silence_is_finite()
    {
        var test = new Case(3, 2, 1, masked: false, weighted: false);
        Array.Clear(test.Targets);
        float[] gradients = new float[6];
        double squares = test.Outputs.Sum(output => (double)output * output);
        Numbers.AssertNear(squares / 6 / 1e-5, test.Compute(Loss.ErrorToSignal, gradients), 1e-6);
        Assert.All(gradients, gradient => Assert.True(float.IsFinite(gradient)));
        Array.Clear(test.Outputs);
        Assert.Equal(0, test.Compute(Loss.ErrorToSignal, gradients));
        Assert.All(gradients, gradient => Assert.Equal(0, gradient));
    }

    [Fact]
    public void Settings_are_checked_and_told()
    {
        foreach (float delta in new[] { 0, -1, float.NaN, float.PositiveInfinity })
            Assert.Throws<ArgumentOutOfRangeException>("delta", () => Loss.Huber(delta));
        foreach (float coefficient in new[] { -0.1f, 1, float.NaN })
            Assert.Throws<ArgumentOutOfRangeException>("coefficient", () => Loss.ErrorToSignal.WithPreEmphasis(coefficient));
        Assert.Equal(
            ["Huber(delta: 0.5)", "MeanAbsoluteError", "ErrorToSignal", "ErrorToSignal(preEmphasis: 0.95)", "CrossEntropy"],
            new[] { Loss.Huber(0.5f), Loss.MeanAbsoluteError, Loss.ErrorToSignal, Loss.ErrorToSignal.WithPreEmphasis(0.95f), Loss.CrossEntropy }
                .Select(loss => loss.ToString()));
        Loss.ErrorToSignal.CheckNetwork(LinearNetwork<ManyToOneSoftmax>.Layout);
        string message = Assert.Throws<ArgumentException>(
            () => Loss.ErrorToSignal.WithPreEmphasis(0.95f).CheckNetwork(LinearNetwork<ManyToOneSoftmax>.Layout)).Message;
        Assert.Contains("ErrorToSignal(preEmphasis: 0.95) filters along time", message, StringComparison.Ordinal);
    }

    private static double[] FiniteDifferences(double[] variables, Func<double[], double> function)
    {
        double[] gradients = new double[variables.Length];
        for (int i = 0; i < variables.Length; i++)
        {
            double value = variables[i];
            variables[i] = value + 1e-6;
            double above = function(variables);
            variables[i] = value - 1e-6;
            gradients[i] = (above - function(variables)) / 2e-6;
            variables[i] = value;
        }

        return gradients;
    }

    /// <summary>Random outputs and targets, [steps, batch, size].</summary>
    public sealed class Case
    {
        private readonly int _batch;
        private readonly int _size;
        private readonly byte[] _mask;
        private readonly float[] _weights;

        public Case(int steps, int batch, int size, bool masked, bool weighted)
        {
            (_batch, _size) = (batch, size);
            int rows = steps * batch;
            _mask = masked ? [.. Enumerable.Range(0, rows).Select(row => (byte)(row % 4 == 1 ? 0 : 1))] : [];
            _weights = weighted ? [.. Enumerable.Range(0, rows).Select(row => masked && _mask[row] == 0 ? float.NaN : row % 5 * 0.75f)] : [];
            if (weighted && rows == 1)
                _weights[0] = 0.5f;
            Outputs = Numbers.Draw(rows * 100 + size, rows * size, 2);
            Targets = Numbers.Draw(rows, rows * size);
        }

        public float[] Outputs { get; }

        public float[] Targets { get; }

        public double[] Variables => [.. Outputs.Select(value => (double)value)];

        private double TotalWeight => Enumerable.Range(0, Outputs.Length / _size).Sum(Weight);

        public double Weight(int row) => _mask.Length != 0 && _mask[row] == 0 ? 0 : _weights.Length == 0 ? 1 : _weights[row];

        public double Mean(double[] outputs, Func<double, double> ofDifference)
        {
            double sum = 0;
            for (int i = 0; i < outputs.Length; i++)
                sum += Weight(i / _size) == 0 ? 0 : Weight(i / _size) * ofDifference(outputs[i] - Targets[i]);
            return sum / TotalWeight / _size;
        }

        public double ErrorToSignal(double[] outputs, double preEmphasis)
        {
            double error = 0, signal = 0, total = 0;
            for (int i = 0; i < outputs.Length; i++)
            {
                int row = i / _size, before = i - _batch * _size;
                if (Weight(row) == 0)
                    continue;
                bool continues = before >= 0 && Weight(row - _batch) != 0;
                double difference = outputs[i] - Targets[i] - (continues ? preEmphasis * (outputs[before] - Targets[before]) : 0);
                double target = Targets[i] - (continues ? preEmphasis * Targets[before] : 0);
                error += Weight(row) * difference * difference;
                signal += Weight(row) * target * target;
                total += Weight(row);
            }

            return error / (signal + 1e-5 * total);
        }

        /// <summary>The loss as a trainer has it.</summary>
        public double Compute(Loss loss, float[] gradients)
        {
            var values = new Targets(Targets);
            var rows = new LossRows
            {
                Logits = Outputs,
                Outputs = Outputs,
                Mask = _mask,
                Targets = _weights.Length == 0 ? values : values.WithWeights(_weights),
                Count = Outputs.Length / _size,
                BatchSize = _batch,
                OutputSize = _size,
                Activation = OutputActivation.Identity,
            };
            double weight = rows.TotalWeight, value = LossGradients.Compute(loss, rows, gradients, weight);
            if (loss.IsNormalized)
                return value;
            VectorLoops.Scale(gradients, (float)(1 / weight));
            return value / weight;
        }
    }
}
