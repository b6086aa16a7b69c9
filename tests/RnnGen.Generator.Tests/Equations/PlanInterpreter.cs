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
            if (stage.Biases.Count > 0)
                Biases(stage, memory.Row(part, bindings.Of(StagePlanner.Biases), step, sequence));
            foreach (var product in stage.Rows)
                Product(product, memory.Weights, stage.WeightsOffset, pointer => memory.Row(part, bindings.Of(pointer), step, sequence));
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
        if (!stage.HasProduct)
            return;
        var gradients = row(BackwardPlanner.PreActivationGradients);
        foreach (var product in stage.Training!.InputGradients)
            Transposed(stage, product, row);
        foreach (var bias in stage.Training.BiasGradients)
            foreach (int offset in bias.Offsets)
                for (int block = 0; block < stage.Product.Blocking.Blocks; block++)
                    for (int lane = 0; lane < bias.Width; lane++)
                        memory.Gradients[stage.WeightsOffset + (block * stage.Product.BlockStride) + offset + lane] +=
                            gradients[(block * stage.Product.BlockWidth) + bias.SumsOffset + lane];
        foreach (var gradient in stage.Training.WeightGradients)
            foreach (var (weight, sum, column) in Places(gradient.Source, gradient.Panel, stage.WeightsOffset))
                memory.Gradients[weight] += gradients[sum] * row(gradient.Source.Pointer)[column];
    }

    private void Biases(StagePlan stage, ArraySegment<double> sums)
    {
        sums.AsSpan().Clear();
        foreach (var bias in stage.Biases)
            for (int block = 0; block < stage.Product.Blocking.Blocks; block++)
                for (int lane = 0; lane < bias.Width; lane++)
                    sums[(block * stage.Product.BlockWidth) + bias.SumsOffset + lane] +=
                        memory.Weights[stage.WeightsOffset + (block * stage.Product.BlockStride) + bias.Offset + lane];
    }

    private static void Product(RowProduct product, double[] weights, int offset, Func<string, ArraySegment<double>> row)
    {
        var sums = row(product.Output);
        for (int block = 0; block < product.Panel.Blocks && product.Start != SumsStart.Sums; block++)
            for (int lane = 0; lane < product.Panel.Width; lane++)
            {
                int place = (block * product.Panel.SumsBlockStride) + product.Panel.SumsOffset + lane;
                sums[place] = product.Start == SumsStart.Biases ? row(StagePlanner.Biases)[place] : 0;
            }

        foreach (var (weight, sum, column) in Places(product.Source, product.Panel, offset))
            sums[sum] += weights[weight] * row(product.Source.Pointer)[column];
    }

    /// <summary>The product with a copy of the weights that is made as the plan says.</summary>
    private void Transposed(StagePlan stage, TransposedProduct product, Func<string, ArraySegment<double>> row)
    {
        var shape = product.Transpose;
        var copy = new double[product.Product.Panel.BlockStride * product.Product.Panel.Blocks];
        for (int gate = 0; gate < shape.Gates; gate++)
            for (int unit = 0; unit < shape.Units; unit++)
                for (int column = 0; column < shape.Columns; column++)
                {
                    var (block, lane) = Math.DivRem(unit, shape.BlockUnits);
                    int at = (block * shape.BlockRows) + (gate * shape.GateRows) + lane;
                    copy[(((column / shape.Lanes * shape.Rows) + at) * shape.Lanes) + (column % shape.Lanes)] = memory.Weights[
                        stage.WeightsOffset + shape.Offset + (block * shape.BlockStride) + (column * shape.ColumnStride) + (gate * shape.BlockUnits) + lane];
                }

        Product(product.Product, copy, 0, row);
    }

    /// <summary>Where the weights of a product lie, and the sum and the column that each of them joins.</summary>
    private static IEnumerable<(int Weight, int Sum, int Column)> Places(ProductSource source, Panel panel, int offset)
    {
        for (int block = 0; block < panel.Blocks; block++)
            for (int piece = 0; piece < source.Pieces; piece++)
                for (int column = 0; column < source.Columns; column++)
                    for (int lane = 0; lane < panel.Width; lane++)
                        yield return (
                            offset + (block * panel.BlockStride) + panel.Offset + (((piece * source.Columns) + column) * panel.ColumnStride) + lane,
                            (block * panel.SumsBlockStride) + panel.SumsOffset + lane,
                            source.Offset + (piece * source.PieceStride) + column);
    }

    private static void Pointwise(PointwisePlan plan, Func<string, ArraySegment<double>> row, bool isReal)
    {
        if (!isReal && plan.Masked.Count > 0)
        {
            foreach (var masked in plan.Masked)
                for (int unit = 0; unit < plan.Blocking.PaddedUnits; unit++)
                    Set(row(masked.To), plan.IndexOf(masked.To, masked.Offset, unit), masked.From is null ? 0 : row(masked.From)[plan.IndexOf(masked.From, 0, unit)]);
            return;
        }

        for (int unit = 0; unit < plan.Blocking.PaddedUnits; unit++)
        {
            var values = plan.Loads.ToDictionary(load => load.Variable, load => row(load.Pointer)[plan.IndexOf(load.Pointer, load.Offset, unit)]);
            ExprValue.Compute(plan.Equations, values);
            foreach (var store in plan.Stores)
            {
                int place = plan.IndexOf(store.Pointer, store.Offset, unit);
                Set(row(store.Pointer), place, ExprValue.Of(store.Value, values) + (store.Add ? row(store.Pointer)[place] : 0));
            }
        }

        foreach (var padding in plan.Padding)
            row(padding.Pointer).AsSpan(padding.First, padding.Count).Clear();
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
