using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Tests.Equations;

/// <summary>
/// Does in double precision what the kernels of a plan do: products over packed weights, equations over rows, the loop over time and back. It knows no cell:
/// what it computes is what the plan says, so a test of its gradients is a test of the plan.
/// </summary>
internal sealed class PlanInterpreter(NetworkPlan plan, PlanMemory memory)
{
    public void Forward()
    {
        foreach (var part in plan.Parts)
            for (int turn = 0; turn < memory.Steps; turn++)
                for (int sequence = 0; sequence < memory.Batch; sequence++)
                    Forward(part, part.Part.Reverse ? memory.Steps - 1 - turn : turn, sequence);
    }

    public void Backward()
    {
        foreach (var part in plan.Parts.Reverse())
        {
            for (int turn = memory.Steps - 1; turn >= 0; turn--)
                for (int sequence = 0; sequence < memory.Batch; sequence++)
                    Backward(part, part.Part.Reverse ? memory.Steps - 1 - turn : turn, sequence);
            foreach (var (stage, bindings) in Stages(part).Reverse())
                for (int step = 0; step < memory.Steps; step++)
                    for (int sequence = 0; sequence < memory.Batch; sequence++)
                        AfterTheLoop(stage, pointer => memory.Row(part, bindings.Of(pointer), step, sequence));
        }
    }

    private void Forward(PartPlan part, int step, int sequence)
    {
        foreach (var (stage, bindings) in Stages(part))
        {
            foreach (var mean in stage.Means)
                Average(mean, pointer => memory.Row(part, bindings.Of(pointer), step, sequence));
            if (stage.HasProduct)
                Product(stage, pointer => memory.Row(part, bindings.Of(pointer), step, sequence));
            Pointwise(stage.Training!.Taped, pointer => memory.Row(part, bindings.Of(pointer), step, sequence), memory.IsReal(step, sequence));
        }

        foreach (var columns in part.Columns)
        {
            var input = memory.Row(part, Tape(part).Stages[0].Of(columns.Name), step, sequence);
            var output = memory.Row(part, Tape(part).Stages[0].Of(TapePlanner.Output), step, sequence);
            for (int column = 0; column < columns.Size; column++)
                Set(output, columns.Offset + column, input[column]);
        }
    }

    private void Backward(PartPlan part, int step, int sequence)
    {
        foreach (var (stage, bindings) in Stages(part).Reverse())
            StageBackward(stage, pointer => memory.Row(part, bindings.Of(pointer), step, sequence), memory.IsReal(step, sequence));
        if (Tape(part).ClearsInputGradient)
            memory.Row(part, Tape(part).Stages[0].Of(BackwardPlanner.InputGradients), step, sequence).AsSpan().Clear();
        foreach (var columns in part.Columns)
        {
            var input = memory.Row(part, Tape(part).Stages[0].Of(Names.Gradient(columns.Name)), step, sequence);
            var output = memory.Row(part, Tape(part).Stages[0].Of(BackwardPlanner.OutputGradients), step, sequence);
            if (!columns.Accumulate)
                input.AsSpan().Clear();
            for (int column = 0; column < columns.Size; column++)
                Set(input, column, input[column] + output[columns.Offset + column]);
        }
    }

    private PartTape Tape(PartPlan part) => plan.Tape!.Parts.Single(candidate => candidate.PartId == part.Id);

    private IEnumerable<(StagePlan Stage, StageBindings Bindings)> Stages(PartPlan part) =>
        part.Stages.Select(stage => (stage, Tape(part).Stages.Single(bindings => bindings.StageId == stage.Id)));

    private void StageBackward(StagePlan stage, Func<string, ArraySegment<double>> row, bool isReal)
    {
        Pointwise(stage.Training!.Backward, row, isReal);
        foreach (var mean in stage.Training.MeanGradients)
            Average(mean, row);
        foreach (var product in stage.Training.StepGradients)
            Transposed(stage, product, row);
    }

    private void AfterTheLoop(StagePlan stage, Func<string, ArraySegment<double>> row)
    {
        if (stage.Training!.InputGradient is { } inputGradient)
            Transposed(stage, inputGradient, row);
        foreach (var bias in stage.Training.BiasGradients.SelectMany(gradient => gradient.Biases))
            foreach (var (at, feed, unit, _) in Places(stage, bias.Feeds, 1, bias.Offset))
                memory.Gradients[at] += Sum(stage, row(BackwardPlanner.PreActivationGradients), feed, unit);
        foreach (var segment in stage.Training.WeightGradients.Select(gradient => gradient.Columns))
            foreach (var (at, feed, unit, column) in Places(stage, segment.Feeds, segment.Columns, segment.Offset))
                memory.Gradients[at] += Sum(stage, row(BackwardPlanner.PreActivationGradients), feed, unit) * row(segment.Source)[column];
    }

    private void Product(StagePlan stage, Func<string, ArraySegment<double>> row)
    {
        var product = stage.Product;
        var sums = row(product.Output);
        sums.AsSpan().Clear();
        foreach (var bias in product.Biases)
            foreach (var (at, feed, unit, _) in Places(stage, bias.Feeds, 1, bias.Offset))
                sums[(feed * product.OutputAccumulatorStride) + unit] += memory.Weights[at];
        foreach (var segment in product.Segments)
            foreach (var (at, feed, unit, column) in Places(stage, segment.Feeds, segment.Columns, segment.Offset))
                sums[(feed * product.OutputAccumulatorStride) + unit] += memory.Weights[at] * row(segment.Source)[column];
    }

    private void Transposed(StagePlan stage, TransposedProduct product, Func<string, ArraySegment<double>> row)
    {
        var gradients = row(BackwardPlanner.PreActivationGradients);
        var output = row(product.Product.Output);
        if (!product.Product.Accumulate)
            output.AsSpan().Clear();
        foreach (var (at, feed, unit, column) in Places(stage, product.Segment.Feeds, product.Segment.Columns, product.Segment.Offset))
            output[column] += memory.Weights[at] * Sum(stage, gradients, feed, unit);
    }

    private static double Sum(StagePlan stage, ArraySegment<double> row, int accumulator, int unit) => row[(accumulator * stage.Product.OutputAccumulatorStride) + unit];

    /// <summary>Where the weights of a segment (or the biases of a slot) lie, and what each of them joins.</summary>
    private static IEnumerable<(int At, int Feed, int Unit, int Column)> Places(StagePlan stage, IReadOnlyList<int> feeds, int columns, int offset)
    {
        int lanes = stage.Product.Blocking.BlockUnits;
        for (int unit = 0; unit < stage.Stage.Units; unit++)
            for (int column = 0; column < columns; column++)
                for (int slot = 0; slot < feeds.Count; slot++)
                    yield return (
                        stage.WeightsOffset + (unit / lanes * stage.Product.BlockStride) + offset + (((column * feeds.Count) + slot) * lanes) + (unit % lanes),
                        feeds[slot], unit, column);
    }

    private static void Pointwise(PointwisePlan plan, Func<string, ArraySegment<double>> row, bool isReal)
    {
        if (!isReal && plan.Masked.Count > 0)
        {
            foreach (var masked in plan.Masked)
                for (int unit = 0; unit < masked.Length; unit++)
                    Set(row(masked.To), masked.Offset + unit, masked.From is null ? 0 : row(masked.From)[unit]);
            return;
        }

        for (int unit = 0; unit < plan.PaddedUnits; unit++)
        {
            var values = plan.Loads.ToDictionary(load => load.Variable, load => row(load.Pointer)[load.Offset + unit]);
            ExprValue.Compute(plan.Equations, values);
            foreach (var store in plan.Stores)
                Set(row(store.Pointer), store.Offset + unit, ExprValue.Of(store.Value, values) + (store.Add ? row(store.Pointer)[store.Offset + unit] : 0));
        }
    }

    private static void Average(MeanPlan mean, Func<string, ArraySegment<double>> row)
    {
        double value = row(mean.From).Take(mean.Units).Average();
        var target = row(mean.To);
        if (!mean.Accumulate)
            target.AsSpan().Clear();
        for (int unit = 0; unit < mean.Units; unit++)
            target[unit] += value;
    }

    private static void Set(ArraySegment<double> row, int index, double value) => row[index] = value;
}
