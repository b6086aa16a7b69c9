using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Planning;

/// <summary>Writes the equations of a part's backward pass, one a line, as they were derived.</summary>
internal static class BackwardText
{
    /// <summary>The backward equations of one time step, the last stage first.</summary>
    public static IEnumerable<string> Backward(PartPlan layer)
    {
        foreach (var stage in layer.TapedStages.Reverse())
        {
            var backward = stage.Training!.Backward;
            foreach (var equation in backward.Equations)
                yield return ExprText.Write(equation);
            foreach (var store in backward.Stores)
                yield return $"{NameOf(stage, store)} {(store.Add ? "+=" : "=")} {ExprText.Write(store.Value)}";
            foreach (var mean in stage.Training.MeanGradients)
                yield return $"{Names.Plain(mean.To)} {(mean.Accumulate ? "+=" : "=")} mean({mean.From})";
            foreach (var product in stage.Training.StepGradients)
                yield return Write(stage, product);
        }
    }

    /// <summary>What is computed once, from the gradients of all steps: the gradients of the layer's input and of its weights.</summary>
    public static IEnumerable<string> AfterAllSteps(PartPlan layer)
    {
        foreach (var stage in layer.TapedStages.Reverse())
        {
            foreach (var product in stage.Training!.InputGradients)
                yield return Write(stage, product);
            foreach (var gradient in stage.Training.BiasGradients)
                yield return $"{string.Join(", ", Biases(stage, gradient))} += {PreGradients(stage, Accumulators(stage, gradient.SumsOffset, gradient.Width))}";
            foreach (var gradient in stage.Training.WeightGradients)
            {
                var accumulators = Accumulators(stage, gradient.Panel.SumsOffset, gradient.Panel.Width);
                string source = gradient.Source.Pointer;
                yield return $"{Names.Gradient(Matrices(stage, accumulators, source))} += {PreGradients(stage, accumulators)} ⊗ {Names.Plain(source)}";
            }
        }
    }

    /// <summary>What a time step keeps on the tape for the backward pass, values that go on to other steps, stages and layers among them.</summary>
    public static IEnumerable<string> Tape(PartPlan layer) =>
        layer.TapedStages.SelectMany(stage => stage.Training!.Taped.Stores.Select(store => ((Variable)store.Value).Name));

    private static string NameOf(StagePlan stage, Store store) => store.Pointer.Name == BackwardPlanner.PreActivationGradients
        ? Names.Gradient(stage.Product.Accumulators[store.Offset / stage.Product.Blocking.BlockUnits])
        : Names.Plain(store.Pointer.Name);

    private static string Write(StagePlan stage, TransposedProduct product)
    {
        var accumulators = Accumulators(stage, product.Product.Source.Offset, product.Transpose.Gates * stage.Product.Blocking.BlockUnits);
        string sign = product.Product.Start == SumsStart.Sums ? "+=" : "=";
        return $"{Names.Plain(product.Product.Output)} {sign} {Matrices(stage, accumulators, product.Of)}ᵀ · {PreGradients(stage, accumulators)}";
    }

    /// <summary>The accumulators that lie in some floats of a block.</summary>
    private static List<int> Accumulators(StagePlan stage, int offset, int width) =>
        Enumerable.Range(offset / stage.Product.Blocking.BlockUnits, width / stage.Product.Blocking.BlockUnits).ToList();

    /// <summary>The gradients of the biases that share one.</summary>
    private static IEnumerable<string> Biases(StagePlan stage, BiasGradientPlan gradient) =>
        from offset in gradient.Offsets
        let bias = stage.Product.Biases.Last(candidate => candidate.Offset <= offset)
        select Names.Gradient(bias.Parameter);

    /// <summary>The matrices that multiply a vector: mostly one.</summary>
    private static string Matrices(StagePlan stage, IEnumerable<int> accumulators, string vector)
    {
        var matrices =
            from accumulator in accumulators
            from term in stage.Stage.Accumulators[accumulator].Terms
            where (term.Source is { Kind: SourceKind.Input } ? PartInput.Multiplied : term.Source is { } source ? ForwardText.Variable(source) : null) == vector
            select term.Parameter;
        var names = matrices.Distinct().ToList();
        return names.Count == 1 ? names[0] : $"({string.Join(", ", names)})";
    }

    private static string PreGradients(StagePlan stage, IReadOnlyList<int> feeds)
    {
        var names = feeds.Select(feed => Names.Gradient(stage.Product.Accumulators[feed])).ToList();
        return names.Count == 1 ? names[0] : $"({string.Join(", ", names)})";
    }
}
