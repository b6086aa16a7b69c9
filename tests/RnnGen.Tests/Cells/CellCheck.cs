using System.Reflection;
using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Cells;

/// <summary>A network of one cell of the user's, held against <see cref="CellReference"/>: forward on all ways there are, and its gradients against finite differences.</summary>
internal sealed class CellCheck<TNetwork> : IDisposable
    where TNetwork : class, INetwork<TNetwork>
{
    private const int Steps = 7;
    private const int Sequences = 3;

    /// <summary>How many values of a tensor have their derivative taken at most.</summary>
    private const int Samples = 12;

    private static readonly CellAttribute Cell = typeof(TNetwork).GetCustomAttribute<CellAttribute>()!;
    private static readonly NetworkAttribute Attribute = typeof(TNetwork).GetCustomAttribute<NetworkAttribute>()!;

    private readonly TNetwork _network = TNetwork.Create(5);
    private readonly SequenceBatch _batch;
    private readonly Dictionary<string, double[]> _parameters;
    private readonly double[][][] _frames;

    public CellCheck(MaskShape shape)
    {
        string layer = _network.Parameters[0].Name.Split('.')[0] + ".";
        int seed = 1;
        foreach (var parameter in _network.Parameters)
            parameter.Set([.. parameter.ToArray().Zip(Numbers.Draw(seed++, parameter.Count, 0.2f), (value, more) => value + more)]);
        _parameters = _network.Parameters.ToDictionary(parameter => parameter.Name[layer.Length..], parameter => Doubles(parameter.ToArray()));
        _batch = TakesClasses ? Classes(shape) : Batches.Draw(seed, Steps, Sequences, TNetwork.InputSize, shape);
        _frames = [.. Enumerable.Range(0, Sequences).Select(Frames)];
    }

    private static bool TakesClasses => Attribute.OneHot > 0;

    private static int Features => TakesClasses ? Attribute.OneHot : TNetwork.InputSize;

    public void Dispose() => _network.Dispose();

    /// <summary>On a tape, in a run of the batch, and sequence by sequence in one call and step by step.</summary>
    public void CheckForward()
    {
        float[] expected = Reference();
        using var tape = TNetwork.CreateTape(Steps + 1, Sequences + 1);
        _network.Forward(tape, _batch);
        Near("outputs on a tape", expected, tape.Outputs);
        float[] outputs = new float[expected.Length];
        _network.Run(_batch, outputs);
        Near("outputs of a run", expected, outputs);
        if (TakesClasses || Attribute.MaskedState == MaskedState.Reset)
            return;
        for (int sequence = 0; sequence < Sequences; sequence++)
        {
            float[] frames = _batch.RealFrames(sequence);
            int steps = frames.Length / Features;
            float[] run = new float[steps * TNetwork.OutputSize];
            float[] real = [.. RealRows(sequence).SelectMany(row => expected.AsSpan(row * TNetwork.OutputSize, TNetwork.OutputSize).ToArray())];
            _network.Reset();
            _network.Run(frames, run);
            Closeness.Check("own cells", "outputs of a sequence", real, run, Closeness.Forward);
            if (Cell.Direction != Direction.Forward)
                continue;
            _network.Reset();
            for (int step = 0; step < steps; step++)
                _network.Step(frames.AsSpan(step * Features, Features), run.AsSpan(step * TNetwork.OutputSize, TNetwork.OutputSize));
            Closeness.Check("own cells", "outputs of steps", real, run, Closeness.Forward);
        }
    }

    /// <summary>Of the parameters, and of the frames where they are no classes.</summary>
    public void CheckGradients()
    {
        float[] gradients = Numbers.Draw(9, Steps * Sequences * TNetwork.OutputSize);
        using var tape = TNetwork.CreateTape(Steps, Sequences);
        _network.Forward(tape, _batch);
        _network.Backward(tape, gradients);
        (double[] Expected, float[] Actual) first = ([], []);
        foreach (var (name, values) in _parameters)
        {
            float[] actual = tape.Gradients.Single(gradient => gradient.Name.EndsWith("." + name, StringComparison.Ordinal)).ToArray();
            double[] expected = Doubles(actual);
            for (int index = 0; index < values.Length; index += Math.Max(1, values.Length / Samples))
                expected[index] = Derivative(values, index, gradients);
            // One number sums what all units and steps give; it is as exact as those, beside which it stands.
            if (first.Actual.Length == 0)
                first = (expected, actual);
            if (actual.Length == 1)
                (expected, actual) = ([.. first.Expected, .. expected], [.. first.Actual, .. actual]);
            Closeness.Check("own cells", $"gradient of {name}", expected, actual, Closeness.Gradient);
        }

        if (TakesClasses)
            return;
        double[] ofFrames = Doubles(tape.InputGradients.ToArray());
        for (int sequence = 0; sequence < Sequences; sequence++)
            foreach (int row in RealRows(sequence))
                for (int feature = 0; feature < Features; feature += 2)
                    ofFrames[(row * Features) + feature] = Derivative(_frames[sequence][row / Sequences], feature, gradients);
        Closeness.Check("own cells", "gradient of frames", ofFrames, tape.InputGradients, Closeness.Gradient);
    }

    private double Derivative(double[] values, int index, float[] gradients)
    {
        const double Step = 1e-5;
        double value = values[index];
        values[index] = value + Step;
        double up = Loss(gradients);
        values[index] = value - Step;
        double down = Loss(gradients);
        values[index] = value;
        return (up - down) / (2 * Step);
    }

    private double Loss(float[] gradients)
    {
        double sum = 0;
        for (int sequence = 0; sequence < Sequences; sequence++)
            foreach (var (row, output) in RealRows(sequence).Zip(Outputs(sequence)))
                for (int unit = 0; unit < output.Length; unit++)
                    sum += output[unit] * gradients[(row * output.Length) + unit];
        return sum;
    }

    /// <summary>The outputs, [T, B, size]; NaN at masked steps.</summary>
    private float[] Reference()
    {
        float[] outputs = new float[Steps * Sequences * TNetwork.OutputSize];
        outputs.AsSpan().Fill(float.NaN);
        for (int sequence = 0; sequence < Sequences; sequence++)
            foreach (var (row, output) in RealRows(sequence).Zip(Outputs(sequence)))
                for (int unit = 0; unit < output.Length; unit++)
                    outputs[(row * output.Length) + unit] = (float)output[unit];
        return outputs;
    }

    /// <summary>The outputs at the real steps of a sequence.</summary>
    private IEnumerable<double[]> Outputs(int sequence)
    {
        int[] steps = [.. RealRows(sequence).Select(row => row / Sequences)];
        if (Attribute.MaskedState == MaskedState.Hold)
            return Outputs([.. steps.Select(step => _frames[sequence][step])]);

        // After a masked step, the state is zero again.
        return steps.Select((step, index) => (Step: step, Gap: step - index)).GroupBy(step => step.Gap)
            .SelectMany(group => Outputs([.. group.Select(step => _frames[sequence][step.Step])]));
    }

    private double[][] Outputs(double[][] frames)
    {
        if (Cell.Direction != Direction.Bidirectional)
            return [.. CellReference.Run(Cell, _parameters, frames, Cell.Direction == Direction.Reverse).Outputs];
        var forth = CellReference.Run(Cell, _parameters, frames).Outputs;
        var back = CellReference.Run(Cell, _parameters, frames, reverse: true).Outputs;
        return [.. forth.Zip(back, (one, other) => Cell.Merge switch
        {
            Merge.Concat => [.. one, .. other],
            Merge.Sum => one.Zip(other, (a, b) => a + b).ToArray(),
            Merge.Average => one.Zip(other, (a, b) => (a + b) / 2).ToArray(),
            _ => one.Zip(other, (a, b) => a * b).ToArray(),
        })];
    }

    private IEnumerable<int> RealRows(int sequence) =>
        _batch.MaskOf(sequence).Select((isReal, step) => (IsReal: isReal, Row: (step * Sequences) + sequence)).Where(step => step.IsReal).Select(step => step.Row);

    private double[][] Frames(int sequence) => [.. Batches.RowsOf(_batch.Data, Sequences, sequence, _batch.Features).Select(frame => TakesClasses ? OneHot((int)frame[0]) : Doubles(frame))];

    private static double[] OneHot(int which)
    {
        double[] frame = new double[Features];
        if (which >= 0 && which < frame.Length)
            frame[which] = 1;
        return frame;
    }

    private static SequenceBatch Classes(MaskShape shape)
    {
        byte[] mask = [.. Batches.Draw(3, Steps, Sequences, 1, shape).Mask.ToArray().Select(isReal => (byte)isReal)];
        return SequenceBatch.FromTimeMajor(Enumerable.Range(0, Steps * Sequences).Select(row => row * 5 % Features).ToArray(), Steps, Sequences, mask);
    }

    /// <summary>What masked steps give is another test's concern.</summary>
    private static void Near(string what, float[] expected, ReadOnlySpan<float> actual)
    {
        float[] real = actual.ToArray();
        Assert.Equal(expected.Length, real.Length);
        Closeness.Check("own cells", what, [.. expected.Where(value => !float.IsNaN(value))], [.. real.Where((_, index) => !float.IsNaN(expected[index]))], Closeness.Forward);
    }

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);
}
