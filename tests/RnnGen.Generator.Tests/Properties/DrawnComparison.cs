using System.Reflection;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Tests.Infrastructure;
using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;

namespace RnnGen.Generator.Tests.Properties;

/// <summary>A network and a batch with numbers, and what the reference makes of them.</summary>
internal sealed class DrawnComparison
{
    private const string Suite = "random networks";

    /// <summary>Nearer to a point without a derivative, rounding may take another side than the reference.</summary>
    private const double SafeDistance = 2e-5;

    /// <summary>A float's rounding, relative.</summary>
    private const double Rounding = 1.0 / (1 << 24);

    private readonly IGeneratedNetwork _network;
    private readonly ReferenceNetwork _reference;
    private readonly SequenceBatch _batch;
    private readonly MaskShape _shape;
    private readonly float[] _states;
    private readonly float[] _outputGradients;
    private readonly float[] _finalStateGradients;
    private readonly ReferenceResult _expected;

    public DrawnComparison(IGeneratedNetwork network, ReferenceNetwork reference, DrawnBatch drawn)
    {
        (_network, _reference, _shape) = (network, reference, drawn.Shape);
        int seed = drawn.Seed;

        // A sum of products is about as large as what it sums, so that states stay within reach whatever the activations.
        foreach (var parameter in network.Parameters)
            parameter.Set(Numbers.Draw(seed++, parameter.Count, 1 / MathF.Sqrt(parameter.Count / parameter.Shape[0] + 1)));
        reference.CopyWeightsOf(network.Parameters);
        _batch = reference.TakesClasses
            ? Batches.DrawClasses(seed++, drawn.Steps, drawn.BatchSize, reference.InputSize, drawn.Shape)
            : Batches.Draw(seed++, drawn.Steps, drawn.BatchSize, reference.InputSize, drawn.Shape);

        // A pooling layer's number of steps is not negative.
        bool pools = network.Class.GetCustomAttributes<LayerAttribute>().Any(layer => layer is MeanPoolAttribute or MaxPoolAttribute);
        _states = [.. Numbers.Draw(seed++, drawn.BatchSize * reference.StateSize).Select(value => pools ? value + 1.5f : value)];
        for (int sequence = 0; sequence < drawn.BatchSize; sequence++)
            reference.SetLearned(_states.AsSpan(sequence * reference.StateSize, reference.StateSize));

        // Not around zero: the sums over steps and sequences would cancel, and what is left of a tensor with one value would be rounding only.
        _outputGradients = [.. Numbers.Draw(seed++, network.Run(_batch).Length).Select(value => value + 0.5f)];
        _finalStateGradients = Numbers.Draw(seed, _states.Length);
        _expected = Reference(inFloats: false);
        IsFair = _expected.NearestKink >= SafeDistance && Results.All(IsWithinFloats) && !Amplifies();
    }

    /// <summary>
    /// Whether rounding alone cannot fail the comparison: no value is near a point without a derivative, and what comes out hardly changes when the weights and
    /// all that is computed are rounded.
    /// </summary>
    public bool IsFair { get; }

    public void CheckPasses()
    {
        var pass = _network.Train(_batch, _states, _outputGradients, _finalStateGradients);
        Closeness.Check(Suite, "outputs", _expected.Outputs, pass.Outputs, Closeness.Forward);
        Closeness.Check(Suite, "final states", _expected.FinalState, pass.FinalState, Closeness.Forward);
        Closeness.Check(Suite, "gradients of inputs", _expected.InputGradients, pass.InputGradients, Closeness.Gradient);
        Closeness.Check(Suite, "gradients of initial states", _expected.InitialStateGradients, pass.InitialStateGradients, Closeness.Gradient);
        foreach (var (name, gradient) in pass.Gradients)
            Closeness.Check(Suite, "gradient of " + name, _expected.Gradients[name], gradient, Closeness.Gradient);
    }

    /// <summary>Without a tape, from zero states: the same bits.</summary>
    public void CheckRun() => Assert.Equal(_network.Train(_batch, [], _outputGradients, []).Outputs, _network.Run(_batch));

    /// <summary>
    /// Frame by frame and in one call, the real steps of each sequence by itself: the same as masked, unless gaps have an effect of their own.
    /// </summary>
    public void CheckSteps()
    {
        bool resets = _network.Class.GetCustomAttribute<NetworkAttribute>()!.MaskedState == MaskedState.Reset;
        bool looksAhead = _network.Class.GetCustomAttributes<LayerAttribute>().Any(layer =>
            layer is RecurrentLayerAttribute { Direction: not Direction.Forward } or Conv1DAttribute { Padding: ConvPadding.Same });
        if (looksAhead || resets && _shape != MaskShape.None)
            return;
        var (outputs, states) = (new List<float>(), new List<float>());
        for (int sequence = 0; sequence < _batch.BatchSize; sequence++)
        {
            var state = _states.AsSpan(sequence * _reference.StateSize, _reference.StateSize);
            var frames = _batch.RealFrames(sequence);
            var (stepped, final) = _network.Stream(state, frames);
            var run = _network.Run(state, frames);
            Assert.Equal(run, stepped[^run.Length..]);
            if (_reference.TakesClasses)
                CheckClasses(state, frames, stepped, final);
            outputs.AddRange(run);
            states.AddRange(final);
        }

        Closeness.Check(Suite, "steps", [.. Enumerable.Range(0, _batch.BatchSize).SelectMany(RealOutputs)], outputs.ToArray(), Closeness.Forward);
        Closeness.Check(Suite, "states after steps", _expected.FinalState, states.ToArray(), Closeness.Forward);
    }

    /// <summary>Classes are integers to those who name the network's class, and floats to the library: the same bits either way.</summary>
    private void CheckClasses(ReadOnlySpan<float> state, float[] frames, float[] outputs, float[] final)
    {
        int[] classes = Array.ConvertAll(frames, frame => (int)frame);
        var run = _network.RunClasses(state, classes);
        Assert.Equal(outputs[^run.Length..], run);
        var stepped = _network.StreamClasses(state, classes);
        Assert.Equal(outputs, stepped.Outputs);
        Assert.Equal(final, stepped.FinalState);
    }

    /// <summary>The network's program, executed in double precision: on a tape, and on a batch without one.</summary>
    /// <param name="plan">The network's plan.</param>
    /// <param name="tolerance">What it may be off, relative to the largest magnitude.</param>
    public void CheckProgram(NetworkPlan plan, double tolerance)
    {
        double[] states = Doubles(_states);
        var program = new InterpretedNetwork(plan, _reference.Parameters, _batch);
        var (outputs, final) = program.Forward(states);
        Near("outputs", _expected.Outputs, outputs);
        Near("final states", _expected.FinalState, final);
        program.Backward(outputs, Doubles(_outputGradients), Doubles(_finalStateGradients));
        Near("gradients of inputs", _expected.InputGradients, program.InputGradients);
        Near("gradients of initial states", _expected.InitialStateGradients, program.InitialStateGradients);
        foreach (var (name, gradient) in _expected.Gradients)
            Near("gradient of " + name, gradient, program.GradientOf(name));

        (outputs, final) = new InterpretedNetwork(plan, _reference.Parameters, _batch).Run(states);
        Near("outputs of a run", _expected.Outputs, outputs);
        Near("final states of a run", _expected.FinalState, final);

        void Near(string what, double[] expected, double[] actual)
        {
            Assert.Equal(expected.Length, actual.Length);
            double largest = expected.Length == 0 ? 0 : expected.Max(Math.Abs);
            for (int index = 0; index < expected.Length; index++)
                Assert.True(
                    Math.Abs(expected[index] - actual[index]) <= tolerance * largest,
                    FormattableString.Invariant($"{what} of the program: [{index}] expected {expected[index]:R}, got {actual[index]:R}, the largest being {largest:R}"));
        }
    }

    private IEnumerable<double[]> Results =>
        [_expected.Outputs, _expected.FinalState, _expected.InputGradients, _expected.InitialStateGradients, .. _expected.Gradients.Values];

    /// <summary>Over many steps values may grow beyond all floats, or vanish among those that have fewer digits.</summary>
    private static bool IsWithinFloats(double[] values)
    {
        const double Smallest = 1e-30, Largest = 1e30;
        double magnitude = values.Length == 0 ? 0 : values.Max(Math.Abs);
        return magnitude is 0 or (>= Smallest and <= Largest);
    }

    private double[] RealOutputs(int sequence)
    {
        var rows = Batches.RowsOf<double>(_expected.Outputs, _batch.BatchSize, sequence, _reference.OutputSize);
        return [.. rows.Where((_, step) => rows.Length == 1 || _batch.MaskOf(sequence)[step]).SelectMany(row => row)];
    }

    private ReferenceResult Reference(bool inFloats) => _reference.Run(_batch, _states, _outputGradients, _finalStateGradients, inFloats);

    /// <summary>
    /// Whether a float's rounding, of weights and of results, takes a good part of the tolerances: the numbers cancel, or grow from step to step.
    /// </summary>
    private bool Amplifies()
    {
        if (_expected.Outputs.Concat(_expected.FinalState).Any(value => Math.Abs(value) > Grown))
            return true; // A single random rounding, as below, may happen to have little effect.
        var random = new Random(1);
        foreach (double[] values in _reference.Parameters.Values)
        {
            for (int i = 0; i < values.Length; i++)
                values[i] *= 1 + Rounding * (2 * random.Next(2) - 1);
        }

        var other = Reference(inFloats: true);
        _reference.CopyWeightsOf(_network.Parameters);
        return Moves(_expected.Outputs, other.Outputs, Closeness.Forward)
            || Moves(_expected.FinalState, other.FinalState, Closeness.Forward)
            || Moves(_expected.InputGradients, other.InputGradients, Closeness.Gradient)
            || Moves(_expected.InitialStateGradients, other.InitialStateGradients, Closeness.Gradient)
            || _expected.Gradients.Any(gradient => Moves(gradient.Value, other.Gradients[gradient.Key], Closeness.Gradient));
    }

    /// <summary>Values of about 1 reach this magnitude within a few steps only if each step multiplies the last one.</summary>
    private const double Grown = 1e9;

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);

    private static bool Moves(double[] values, double[] others, double tolerance)
    {
        double most = values.Length == 0 ? 0 : tolerance / 4 * values.Max(Math.Abs);
        return values.Zip(others).Any(pair => !(Math.Abs(pair.First - pair.Second) <= most)); // beyond floats it is NaN
    }
}
