using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Tests.Programs;

/// <summary>What the runtime's methods compute, in double precision.</summary>
internal sealed class RuntimeValues(ProgramMemory memory, Func<Reference, Address> at, Func<Integer, long> value)
{
    /// <summary>What dropout multiplies with: by the part, the row and the unit.</summary>
    public Func<DrawNoise, long, int, double> Noise { get; set; } = (_, _, _) => 1;

    public void Call(RuntimeCall call)
    {
        switch (call)
        {
            case Clear clear:
                Fill(at(clear.Place), value(clear.Length), 0);
                break;
            case CopyFloats copy:
                Copy(at(copy.From), at(copy.To), copy.Length);
                break;
            case MoveColumns move:
                Each(value(move.Rows), row => Move(at(move.From).Further(row * move.FromStride), at(move.To).Further(row * move.ToStride), move.Size, move.Add));
                break;
            case MoveTapeColumns move:
                EachInView(value(move.Steps), row => Move(at(move.From).Further(row * move.FromStride), at(move.To).Further(row * move.ToStride), move.Size, move.Add));
                break;
            case ClearTapeRows clear:
                EachInView(value(clear.Steps), row => Fill(at(clear.Rows).Further(row * clear.Stride), clear.Stride, 0));
                break;
            case AverageRows average:
                Each(value(average.Rows), row => Average(average, at(average.From).Further(row * average.FromStride), at(average.To).Further(row * average.ToStride)));
                break;
            case ClearRows clear:
                Fill(at(clear.Place), value(clear.Rows) * clear.Stride, 0);
                break;
            case FillRows fill:
                Each(value(fill.Rows), row => Copy(at(fill.Vector), at(fill.To).Further(row * fill.Stride), fill.Size));
                break;
            case MoveStates move:
                Each(memory.HasStates ? value(move.Rows) : 0, row =>
                {
                    var (state, place) = (at(move.States).Further(value(move.First) + (row * move.StateStride)), at(move.Place).Further(row * move.Stride));
                    Copy(move.Load ? state : place, move.Load ? place : state, move.Size);
                });
                break;
            case KeepLast keep:
                Each(value(keep.Rows), row =>
                {
                    if (at(keep.Mask)[row] != 0)
                        Copy(at(keep.From).Further(row * keep.FromStride), at(keep.To).Further(row * keep.ToStride), keep.Size);
                });
                break;
            case GatherSteps gather:
                EachSequence(sequence =>
                {
                    int step = memory.End(sequence, gather.FirstSteps);
                    var one = at(gather.One).Further(sequence * gather.OneStride);
                    Fill(one, gather.Size, 0);
                    if (step >= 0)
                        Copy(at(gather.All).Further(((step * memory.Batch) + sequence) * gather.AllStride), one, gather.Size);
                });
                break;
            case ScatterSteps scatter:
                Scatter(scatter);
                break;
            case DrawNoise noise:
                Each(noise.PerStep ? memory.Steps * memory.Batch : memory.Batch, row => Each(noise.Units, unit => at(noise.Place)[(row * noise.Stride) + unit] = Noise(noise, row, (int)unit)));
                break;
            case SumRows sum:
                Each(value(sum.Count), row => Sum(sum, at(sum.Rows).Further(row * sum.RowStride), at(sum.Gradients)));
                break;
            case WriteOutputs write:
                Each(value(write.Rows), row =>
                {
                    var outputs = at(write.Outputs).Further(row * write.OutputStride);
                    if (write.Mask is null || at(write.Mask)[row] != 0)
                        Head(write.Activation, at(write.Logits).Further(row * write.Stride), outputs, write.Size);
                    else
                        Fill(outputs, write.Size, 0);
                });
                break;
            case ApplyHead head:
                Head(head.Activation, at(head.Logits), at(head.Outputs), head.Size);
                break;
            case Transpose transpose:
                Transpose(transpose.Shape, at(transpose.Weights), at(transpose.Copy));
                break;
            case StepWindow step:
                WindowValues.Step(step.Window, at(step.Frame), at(step.Past), at(step.To));
                break;
            case StepWindows step:
                WindowValues.Steps(step, at, value(step.Rows));
                break;
            case PassWindows pass:
                EachSequence(sequence => WindowValues.Pass(pass, memory, at, sequence));
                break;
            case FillSurroundings fill:
                Each(value(fill.Rows), row => SurroundingValues.Fill(fill, at, value, row));
                break;
            case PassSurroundings pass:
                EachSequence(sequence => SurroundingValues.Pass(pass, memory, at, sequence));
                break;
            default:
                throw new ArgumentException($"no value of {call.GetType().Name}");
        }
    }

    private void Scatter(ScatterSteps scatter)
    {
        if (!scatter.Add)
            EachInView(memory.Steps, row => Fill(at(scatter.All).Further(row * scatter.AllStride), scatter.AllStride, 0));
        EachSequence(sequence =>
        {
            int step = memory.End(sequence, scatter.FirstSteps);
            if (step >= 0)
                Move(at(scatter.One).Further(sequence * scatter.OneStride), at(scatter.All).Further(((step * memory.Batch) + sequence) * scatter.AllStride), scatter.Size, add: true);
        });
    }

    private static void Average(AverageRows plan, Address from, Address to)
    {
        var shape = plan.Shape;
        double mean = shape.IsMaximum ? double.NegativeInfinity : 0;
        for (int unit = 0; unit < shape.Count; unit++)
            mean = shape.IsMaximum ? Math.Max(mean, from[shape.From + unit]) : mean + (from[shape.From + unit] / shape.Divisor);
        for (int unit = 0; unit < plan.ToStride && !plan.Add; unit++)
            to[unit] = 0;
        for (int unit = 0; unit < shape.Units; unit++)
            to[shape.To + unit] += mean;
    }

    private static void Sum(SumRows plan, Address row, Address gradients)
    {
        foreach (int offset in plan.Offsets)
            for (int block = 0; block < plan.Blocks; block++)
                for (int lane = 0; lane < plan.Width; lane++)
                    gradients[(block * plan.BlockStride) + offset + lane] += row[(block * plan.SumsBlockStride) + lane];
    }

    private static void Transpose(TransposeShape shape, Address weights, Address copy)
    {
        for (int gate = 0; gate < shape.Gates; gate++)
            for (int unit = 0; unit < shape.Units; unit++)
                for (int column = 0; column < shape.Columns; column++)
                {
                    var (block, lane) = Math.DivRem(unit, shape.BlockUnits);
                    int at = (block * shape.BlockRows) + (gate * shape.GateRows) + lane;
                    copy[(((column / shape.Lanes * shape.Rows) + at) * shape.Lanes) + (column % shape.Lanes)] =
                        weights[(block * shape.BlockStride) + (column * shape.ColumnStride) + (gate * shape.BlockUnits) + lane];
                }
    }

    /// <summary>From logits to outputs.</summary>
    public static void Head(string activation, Address logits, Address outputs, int size)
    {
        double largest = Enumerable.Range(0, size).Max(unit => logits[unit]);
        double sum = Enumerable.Range(0, size).Sum(unit => Math.Exp(logits[unit] - largest));
        for (int unit = 0; unit < size; unit++)
            outputs[unit] = activation switch
            {
                "Softmax" => Math.Exp(logits[unit] - largest) / sum,
                "Sigmoid" => 1 / (1 + Math.Exp(-logits[unit])),
                _ => logits[unit],
            };
    }

    private static void Each(long count, Action<long> action)
    {
        for (long index = 0; index < count; index++)
            action(index);
    }

    private void EachSequence(Action<int> action) => Each(memory.ViewCount, index => action(memory.ViewFirst + (int)index));

    /// <summary>The rows of the view of so many steps.</summary>
    private void EachInView(long steps, Action<long> action) => Each(steps, step => EachSequence(sequence => action((step * memory.Batch) + sequence)));

    private static void Fill(Address place, long count, double with) => Each(count, index => place[index] = with);

    private static void Copy(Address from, Address to, long count) => Each(count, index => to[index] = from[index]);

    private static void Move(Address from, Address to, int size, bool add) => Each(size, index => to[index] = from[index] + (add ? to[index] : 0));
}
