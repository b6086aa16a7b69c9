using RnnGen.Generator.Planning;
using RnnGen.Generator.Tests.Programs;

namespace RnnGen.Generator.Tests.Equations;

/// <summary>
/// The border of a training pass, which the runtime's tape keeps: frames and initial states in, a loss of outputs and final states (their sum, each weighted by
/// chance), its gradients in, the gradients of frames and initial states out.
/// </summary>
internal sealed class Seeds
{
    private readonly NetworkPlan _plan;
    private readonly ProgramMemory _memory;
    private readonly ProgramInterpreter _interpreter;
    private readonly double[] _outputWeights;
    private readonly double[] _stateWeights;

    public Seeds(NetworkPlan plan, ProgramMemory memory, ProgramInterpreter interpreter, Random random)
    {
        (_plan, _memory, _interpreter) = (plan, memory, interpreter);
        Frames = [.. Enumerable.Range(0, memory.Steps * memory.Batch * plan.Spec.FrameSize)];
        _outputWeights = [.. Enumerable.Range(0, memory.Steps * memory.Batch * plan.OutputSize).Select(_ => random.NextDouble() - 0.5)];
        _stateWeights = [.. Enumerable.Range(0, memory.Batch * plan.Sizes.State).Select(_ => random.NextDouble() - 0.5)];
        foreach (int place in Frames)
            memory.Region(plan.Tape!.InputRegion)[place] = plan.Spec.OneHot ? random.Next(plan.Spec.InputSize) : random.NextDouble() - 0.5;
        foreach (var state in plan.States)
            foreach (int place in InitialRows(state))
                memory.Region(state.TapeRegion)[place] = random.NextDouble() - 0.5;
    }

    /// <summary>The places of the frames in their region, which has no padding.</summary>
    public IReadOnlyList<int> Frames { get; }

    /// <summary>Runs forward.</summary>
    public double Loss()
    {
        _interpreter.Forward();
        var tape = _plan.Tape!;
        var logits = _memory.Region(tape.LogitRegion);
        int stride = tape.Regions[tape.LogitRegion].Stride;
        double loss = 0;
        foreach (var (row, output, weight) in Outputs())
            loss += logits[((row + (tape.LogitRowOffset * _memory.Batch)) * stride) + output] * weight;
        foreach (var (state, sequence, unit, weight) in FinalStates())
            loss += _memory.Region(state.TapeRegion)[(((FinalBatch(state) * _memory.Batch) + sequence) * Stride(state.TapeRegion)) + unit] * weight;
        return loss;
    }

    /// <summary>Lays the gradients of outputs and final states where the backward pass looks for them.</summary>
    public void Seed()
    {
        var tape = _plan.Tape!;
        foreach (var (row, output, weight) in Outputs())
            _memory.Region(tape.LogitGradientRegion)[(row * Stride(tape.LogitGradientRegion)) + output] = weight;
        foreach (var (state, sequence, unit, weight) in FinalStates())
            _memory.Region(state.GradientRegion)[(((FinalGradientBatch(state) * _memory.Batch) + sequence) * Stride(state.GradientRegion)) + unit] = weight;
    }

    /// <summary>The places of a state's initial values in its region.</summary>
    public IReadOnlyList<int> InitialRows(StatePlan state) => Rows(state, state.TapeRegion, state.Order == "Reverse" ? _memory.Steps : 0);

    /// <summary>The gradients of the initial values, by the places of the values.</summary>
    public double[] InitialGradients(StatePlan state)
    {
        var gradients = new double[_memory.Region(state.TapeRegion).Length];
        foreach (var (value, gradient) in InitialRows(state).Zip(Rows(state, state.GradientRegion, 0)))
            gradients[value] = _memory.Region(state.GradientRegion)[gradient];
        return gradients;
    }

    /// <summary>The gradients of the frames, by the places of the frames.</summary>
    public double[] FrameGradients()
    {
        var tape = _plan.Tape!;
        int size = _plan.Spec.InputSize;
        return [.. Frames.Select(place => _memory.Region(tape.InputGradientRegion)[(place / size * Stride(tape.InputGradientRegion)) + (place % size)])];
    }

    private int FinalBatch(StatePlan state) => state.Order switch { "Reverse" => 0, "Ends" => 1, _ => _memory.Steps };

    private int FinalGradientBatch(StatePlan state) => state.Order == "Ends" ? 1 : _memory.Steps & 1;

    private IReadOnlyList<int> Rows(StatePlan state, int region, int batches) =>
    [
        .. from sequence in Enumerable.Range(0, _memory.Batch)
           from unit in Enumerable.Range(0, state.Size)
           select (((batches * _memory.Batch) + sequence) * Stride(region)) + unit,
    ];

    /// <summary>The outputs of the real steps.</summary>
    private IEnumerable<(int Row, int Output, double Weight)> Outputs() =>
        from step in Enumerable.Range(0, _memory.Steps)
        from sequence in Enumerable.Range(0, _memory.Batch)
        where _memory.IsReal(step, sequence)
        from output in Enumerable.Range(0, _plan.OutputSize)
        let row = (step * _memory.Batch) + sequence
        select (row, output, _outputWeights[(row * _plan.OutputSize) + output]);

    private IEnumerable<(StatePlan State, int Sequence, int Unit, double Weight)> FinalStates()
    {
        int next = 0;
        foreach (var state in _plan.States)
            for (int sequence = 0; sequence < _memory.Batch; sequence++)
                for (int unit = 0; unit < state.Size; unit++)
                    yield return (state, sequence, unit, _stateWeights[next++]);
    }

    private int Stride(int region) => _plan.Tape!.Regions[region].Stride;
}
