using RnnGen.Generator.Planning;
using RnnGen.Generator.Tests.Programs;
using Memory = RnnGen.Generator.Ir.Programs.Memory;

namespace RnnGen.Generator.Tests.Properties;

/// <summary>
/// The program of a network, as it ships, executed in double precision on a batch: what the runtime does around it (states and gradients laid into the tape's
/// regions and taken out of them) is written out here.
/// </summary>
internal sealed class InterpretedNetwork
{
    private readonly NetworkPlan _plan;
    private readonly ProgramMemory _memory;
    private readonly ProgramInterpreter _interpreter;

    /// <summary>Takes over weights in canonical order, by the full names of parameters, and a batch.</summary>
    public InterpretedNetwork(NetworkPlan plan, IReadOnlyDictionary<string, double[]> parameters, SequenceBatch batch)
    {
        _plan = plan;
        _memory = new ProgramMemory(plan, batch.Steps, batch.BatchSize) { HasStates = true };
        _interpreter = new ProgramInterpreter(_memory);
        Assert.Equal(plan.Parameters.Select(parameter => parameter.Name), parameters.Keys);
        foreach (var parameter in plan.Parameters)
            foreach (var (place, value) in Places(parameter).Zip(parameters[parameter.Name]))
                _memory.Weights[place] = value;
        Array.ConvertAll(batch.Data.ToArray(), value => (double)value).CopyTo(_memory.Of(Memory.Frames));
        Array.ConvertAll(batch.Mask.ToArray(), value => (double)value).CopyTo(_memory.Mask);

        // What nothing has been written to has no value: whoever reads it, gets none.
        _memory.Of(Memory.BatchScratch).Fill(double.NaN);
    }

    private TapePlan Tape => _plan.Tape!;

    private int Rows => _plan.ManyToOne ? _memory.Batch : _memory.Steps * _memory.Batch;

    /// <summary>Runs the batch from states, [B, StateSize].</summary>
    /// <returns>Outputs and final states.</returns>
    public (double[] Outputs, double[] FinalState) Run(double[] states)
    {
        EachState((state, sequence, unit, index) => _memory.Of(Memory.BatchStates)[(sequence * _plan.Sizes.PackedState) + state.Offset + unit] = states[index]);
        _interpreter.RunBatch();
        double[] final = new double[states.Length];
        EachState((state, sequence, unit, index) => final[index] = _memory.Of(Memory.BatchStates)[(sequence * _plan.Sizes.PackedState) + state.Offset + unit]);
        return (_memory.Of(Memory.BatchOutputs)[..(Rows * _plan.OutputSize)].ToArray(), final);
    }

    /// <summary>The forward pass that keeps a tape.</summary>
    /// <returns>Outputs and final states.</returns>
    public (double[] Outputs, double[] FinalState) Forward(double[] states)
    {
        _memory.Of(Memory.Frames).CopyTo(_memory.Region(Tape.InputRegion));
        EachState((state, sequence, unit, index) => Row(state.TapeRegion, state.Order == "Reverse" ? _memory.Steps : 0, sequence)[unit] = states[index]);
        _interpreter.Forward();
        double[] final = new double[states.Length];
        EachState((state, sequence, unit, index) =>
            final[index] = Row(state.TapeRegion, state.Order switch { "Reverse" => 0, "Ends" => 1, _ => _memory.Steps }, sequence)[unit]);
        double[] outputs = new double[Rows * _plan.OutputSize];
        foreach (int row in RealRows())
        {
            int stride = Tape.Regions[Tape.LogitRegion].Stride;
            var logits = new Address(_memory.Region(Tape.LogitRegion), ((Tape.LogitRowOffset * _memory.Batch) + row) * stride);
            foreach (var head in _plan.Heads)
                RuntimeValues.Head(head.Activation, logits.Further(head.Offset), new Address(outputs, (row * _plan.OutputSize) + head.Offset), head.Size);
        }

        return (outputs, final);
    }

    /// <summary>The backward pass after <see cref="Forward"/>.</summary>
    /// <param name="outputs">What came out of that.</param>
    /// <param name="outputGradients">As the outputs.</param>
    /// <param name="finalStateGradients">[B, StateSize].</param>
    public void Backward(double[] outputs, double[] outputGradients, double[] finalStateGradients)
    {
        foreach (int row in RealRows())
        {
            var range = (row * _plan.OutputSize)..((row + 1) * _plan.OutputSize);
            double[] logits = [.. _plan.Heads.SelectMany(head => OfLogits(head, outputs[range], outputGradients[range]))];
            logits.CopyTo(_memory.Region(Tape.LogitGradientRegion), row * Tape.Regions[Tape.LogitGradientRegion].Stride);
        }

        EachState((state, sequence, unit, index) =>
            Row(state.GradientRegion, state.Order == "Ends" ? 1 : _memory.Steps & 1, sequence)[unit] = finalStateGradients[index]);
        _interpreter.Backward();
        InitialStateGradients = new double[finalStateGradients.Length];
        EachState((state, sequence, unit, index) =>
        {
            double gradient = InitialStateGradients[index] = Row(state.GradientRegion, 0, sequence)[unit];
            if (state.Learned is { } learned)
                _memory.Gradients[learned.Offset + unit] += gradient;
        });
    }

    /// <summary>The gradients of the initial states, [B, StateSize].</summary>
    public double[] InitialStateGradients { get; private set; } = [];

    /// <summary>The gradients of the frames, [T, B, InputSize]; classes have none.</summary>
    public double[] InputGradients => _plan.Spec.OneHot ? [] :
    [
        .. Enumerable.Range(0, _memory.Steps * _memory.Batch).SelectMany(row =>
            _memory.Region(Tape.InputGradientRegion).Skip(row * Tape.Regions[Tape.InputGradientRegion].Stride).Take(_plan.Spec.InputSize)),
    ];

    /// <summary>The gradient of a parameter in canonical order.</summary>
    public double[] GradientOf(string parameter)
    {
        double[] gradients = _memory.Gradients.ToArray();
        return [.. Places(_plan.Parameters.Single(candidate => candidate.Name == parameter)).Select(place => gradients[place])];
    }

    /// <summary>The places of a parameter's values in canonical order, by the formula of the runtime's <c>ParameterLayout</c>.</summary>
    private static IEnumerable<int> Places(ParameterPlan parameter)
    {
        int taps = Math.Max(parameter.Taps, 1), inputs = parameter.Columns / taps;
        var columns = Enumerable.Range(0, parameter.Columns).Select(column => parameter.Taps > 0 ? (column % taps * inputs) + (column / taps) : column).ToList();
        return parameter.Transposed
            ? from column in columns from unit in Enumerable.Range(0, parameter.Units) select Place(parameter.Gates.Single(), unit, column)
            : from gate in parameter.Gates from unit in Enumerable.Range(0, parameter.Units) from column in columns select Place(gate, unit, column);

        int Place(GatePlan gate, int unit, int column) =>
            gate.Offset + (unit / parameter.BlockUnits * gate.BlockStride) + (column * gate.ColumnStride) + (unit % parameter.BlockUnits);
    }

    /// <summary>From the gradient of an output to that of its logits.</summary>
    private static double[] OfLogits(OutputPlan head, double[] row, double[] rowGradients)
    {
        double[] outputs = Values(row), gradients = Values(rowGradients);
        double along = outputs.Zip(gradients, (output, gradient) => output * gradient).Sum();
        return [.. outputs.Zip(gradients, (output, gradient) => head.Activation switch
        {
            "Softmax" => output * (gradient - along),
            "Sigmoid" => output * (1 - output) * gradient,
            _ => gradient,
        })];

        double[] Values(double[] ofRow) => [.. ofRow.Skip(head.Offset).Take(head.Size)];
    }

    private IEnumerable<int> RealRows() => Enumerable.Range(0, Rows).Where(row => _plan.ManyToOne || _memory.Mask[row] != 0);

    /// <summary>Every value of the states, [B, StateSize]: state, sequence, unit and place.</summary>
    private void EachState(Action<StatePlan, int, int, int> action)
    {
        int index = 0;
        for (int sequence = 0; sequence < _memory.Batch; sequence++)
            foreach (var state in _plan.States)
                for (int unit = 0; unit < state.Size; unit++)
                    action(state, sequence, unit, index++);
    }

    private Span<double> Row(int region, int batches, int sequence) =>
        _memory.Region(region).AsSpan(((batches * _memory.Batch) + sequence) * Tape.Regions[region].Stride);
}
