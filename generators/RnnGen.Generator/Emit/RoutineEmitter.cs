using RnnGen.Generator.Ir;
using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Emit;

/// <summary>Prints a routine: its operations in order, one statement each.</summary>
internal sealed class RoutineEmitter
{
    private readonly CodeWriter _writer;
    private readonly ReferenceText _references = new();

    private RoutineEmitter(CodeWriter writer) => _writer = writer;

    /// <summary>Prints a routine.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="routine">The routine.</param>
    public static void Emit(CodeWriter writer, Routine routine)
    {
        writer.Gap().Line(KernelText.Summary(routine.Summary));
        if (routine.IsOptimized)
            writer.Line(KernelText.Optimized);
        string access = routine.IsEntry ? "internal" : "private";
        bool generic = routine.CallsKernels;
        using (writer.Method(
            $"{access} static void {routine.Name}{(generic ? LoopsEmitter.TypeParameter : "")}", [.. routine.Parameters.Select(RoutineText.Declaration)],
            generic ? LoopsEmitter.Constraint : null))
            new RoutineEmitter(writer).Operations(routine.Body);
    }

    private void Operations(IEnumerable<Operation> operations)
    {
        foreach (var operation in operations)
            Print(operation);
    }

    private void Print(Operation operation)
    {
        switch (operation)
        {
            case Remark remark:
                _writer.Line($"// {remark.Text}");
                break;
            case Let let:
                _writer.Line($"nint {let.Name} = {IntegerText.Of(let.Value)};{(let.Remark is null ? "" : $" // {let.Remark}")}");
                break;
            case Assign assign:
                _writer.Line($"{assign.Name} = {IntegerText.Of(assign.Value)};");
                break;
            case Bind bind:
                Bind(bind);
                break;
            case ForEach loop:
                ForEach(loop);
                break;
            case ForChunks loop:
                ForChunks(loop);
                break;
            case ForSpans loop:
                ForSpans(loop);
                break;
            case When conditional:
                using (Body($"if ({Condition(conditional.Condition)})", conditional.Body))
                    Operations(conditional.Body);
                break;
            case BeginBlocks:
                _writer.Line("share.Begin();");
                break;
            case Turn turn:
                _writer.Line($"nint {turn.Name} = 1 & (Unsafe.As<float, int>({_references.Of(turn.Place)}) ^= 1);");
                break;
            case CallRoutine call:
                _writer.Call(call.Routine.Name + (call.Routine.CallsKernels ? LoopsEmitter.TypeParameter : ""), [.. call.Routine.Parameters.Select(RoutineText.Argument)]);
                break;
            case CallKernel call:
                _writer.Call(LoopsEmitter.Kernels + call.Kernel.Id, [.. call.References.Select(_references.Of), IntegerText.Of(call.Rows)]);
                break;
            case CallStep call:
                _writer.Call(call.Kernel.Id, [.. call.References.Select(_references.Of), .. call.Backwards is null ? [] : new[] { call.Backwards }]);
                break;
            case RuntimeCall call:
                _writer.Call(call.Method, [.. call.Arguments.Select(Argument)]);
                break;
            default:
                throw new ArgumentException($"no text for {operation.GetType().Name}");
        }
    }

    private void Bind(Bind bind)
    {
        string place = _references.Of(bind.Place);
        _writer.Line(bind.As switch
        {
            Memory.Region => $"ref float {_references.Bind(bind.Place.Buffer)} = {place};",
            Memory.Gradients => "ref float gradients = ref tape.Gradients;",
            Memory.MaskAtHand => $"ref byte mask = {place};",
            _ => $"ref float {Names.Camel(bind.As.ToString())} = {place};",
        });
    }

    private void ForEach(ForEach loop)
    {
        string carried = loop.Carried is { } local ? $", {local.Name} = {IntegerText.Of(local.Value)}" : "";
        string count = IntegerText.Of(loop.Count);
        string header = loop.Reverse
            ? $"for (nint {loop.Name} = {IntegerText.Of(loop.Count - 1)}{carried}; {loop.Name} >= 0; {loop.Name}--)"
            : $"for (nint {loop.Name} = 0{carried}; {loop.Name} < {count}; {loop.Name}++)";
        using (Body(header, loop.Body))
            Operations(loop.Body);
    }

    private CodeWriter.Scope Body(string header, IReadOnlyList<Operation> body) => body.Count == 1 ? _writer.OneStatement(header) : _writer.Block(header);

    private void ForChunks(ForChunks loop)
    {
        var (from, to, most) = (IntegerText.Of(loop.From), IntegerText.Of(loop.To), IntegerText.Of(loop.Most));
        using (_writer.Block(loop.Reverse
            ? $"for (nint end = {to}, {loop.Size}; end > {from}; end -= {loop.Size})"
            : $"for (nint {loop.Name} = {from}, {loop.Size}; {loop.Name} < {to}; {loop.Name} += {loop.Size})"))
        {
            var left = loop.Reverse ? new Local("end") - loop.From : loop.To - new Local(loop.Name);
            _writer.Line($"{loop.Size} = nint.Min({most}, {IntegerText.Of(left)});");
            if (loop.Reverse)
                _writer.Line($"nint {loop.Name} = end - {loop.Size};");
            Operations(loop.Body);
        }
    }

    private void ForSpans(ForSpans loop)
    {
        var (all, chunk) = (IntegerText.Of(loop.All), IntegerText.Of(loop.Chunk));
        using (_writer.Block($"for (nint {loop.Name} = tape.First; {loop.Name} < {all}; {loop.Name} += tape.Advance({chunk}))"))
        {
            _writer.Line($"nint {loop.Size} = tape.RowsAt({loop.Name}, {chunk}, {all});");
            Operations(loop.Body);
        }
    }

    private static string Condition(Condition condition) => condition switch
    {
        Ir.Programs.Condition.ViewIsWhole => "tape.IsWhole",
        Ir.Programs.Condition.ViewIsShare => "!tape.IsWhole",
        Ir.Programs.Condition.WantsOutputs => "!Unsafe.IsNullRef(ref batch.Outputs)",
        Ir.Programs.Condition.WantsInputGradients => "tape.WantsInputGradients",
        Ir.Programs.Condition.TakesBlock => "share.Takes()",
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    private string Argument(Argument argument) => argument switch
    {
        PlaceArgument place => _references.Of(place.Place),
        NumberArgument number => IntegerText.Of(number.Value),
        RealArgument real => Names.Float(real.Value),
        FlagArgument flag => (flag.Name.Length == 0 ? "" : flag.Name + ": ") + (flag.Value ? "true" : "false"),
        MemberArgument member => $"{member.Type}.{member.Member}",
        ListArgument list => $"[{string.Join(", ", list.Values.Select(value => value.Text))}]",
        ShapeArgument shape => $"new {shape.Type}({string.Join(", ", shape.Fields.Select(field => (field.Name.Length == 0 ? "" : field.Name + ": ") + Argument(field.Value)))})",
        TapeArgument { Quantity: TapeQuantity.View } => "tape",
        TapeArgument tape => $"tape.{tape.Quantity}",
        _ => throw new ArgumentException($"no text for {argument.GetType().Name}"),
    };
}
