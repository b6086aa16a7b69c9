using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using RnnGen.Generator.Cells.Own;

namespace RnnGen.Generator.Reading.Cells;

/// <content>Values.</content>
internal sealed partial class CellReader
{
    private CellNode Value(IOperation operation)
    {
        if (operation.ConstantValue is { HasValue: true, Value: var constant } && operation.Type is { } type)
            return Constant(operation, constant, type);
        return operation switch
        {
            IConversionOperation conversion => Conversion(conversion),
            ILocalReferenceOperation local => Node(local, NodeKind.Name, local.Local.Name),
            IParameterReferenceOperation parameter => Node(parameter, parameter.Parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? NodeKind.Get : NodeKind.Name, parameter.Parameter.Name),
            IPropertyReferenceOperation property => Property(property),
            IFieldReferenceOperation field => Field(field),
            IInvocationOperation call => Invocation(call),
            IBinaryOperation binary => Node(binary, NodeKind.Binary, Symbol(binary.OperatorKind), Value(binary.LeftOperand), Value(binary.RightOperand)),
            IUnaryOperation unary => Node(unary, NodeKind.Unary, unary.OperatorKind switch { UnaryOperatorKind.Minus => "-", UnaryOperatorKind.Not => "!", UnaryOperatorKind.Plus => "+", var other => other.ToString() }, Value(unary.Operand)),
            ISimpleAssignmentOperation assignment => Assignment(assignment),
            ICompoundAssignmentOperation compound => Set(compound, compound.Target, () => Node(compound, NodeKind.Binary, Symbol(compound.OperatorKind), Value(compound.Target), Value(compound.Value))),
            IIncrementOrDecrementOperation { IsPostfix: true, Target: ILocalReferenceOperation local } step => Node(step, NodeKind.Increment, local.Local.Name, One(step)),
            IIncrementOrDecrementOperation { IsPostfix: true, Syntax.Parent: not (ExpressionStatementSyntax or ForStatementSyntax) } => Problem(
                operation, "uses the value that something other than a variable had before it was counted up or down", "write the steps one after the other"),
            IIncrementOrDecrementOperation step => Set(step, step.Target, () => Node(step, NodeKind.Binary, "+", Value(step.Target), One(step))),
            IConditionalOperation { WhenFalse: { } otherwise } choice => Node(choice, NodeKind.Choose, "", Value(choice.Condition), Value(choice.WhenTrue), Value(otherwise)),
            ICoalesceOperation coalesce => Node(coalesce, NodeKind.Coalesce, "", Value(coalesce.Value), Value(coalesce.WhenNull)),
            ISwitchExpressionOperation choice => Node(choice, NodeKind.SwitchValue, "", [Value(choice.Value), .. choice.Arms.Select(Arm)]),
            IIsPatternOperation test => Node(test, NodeKind.Is, "", Value(test.Value), Pattern(test.Pattern)),
            IArrayCreationOperation array => Array(array),
            ICollectionExpressionOperation list => Node(list, NodeKind.Array, "", list.Elements.Select(Value).ToList()),
            ITupleOperation tuple => Node(tuple, NodeKind.Array, "", tuple.Elements.Select(Value).ToList()),
            IArrayElementReferenceOperation { Indices.Length: > 1 } => Problem(operation, "has a multidimensional array", "use an array of one dimension, or an array of arrays"),
            IArrayElementReferenceOperation element => Node(element, NodeKind.Item, "", Value(element.ArrayReference), Value(element.Indices[0])),
            IInterpolatedStringOperation text => Interpolated(text),
            IThrowOperation thrown => Throw(thrown),
            IAnonymousFunctionOperation or IDelegateCreationOperation => Problem(operation, "has a lambda or a delegate", "call a private method"),
            IObjectCreationOperation creation => Problem(operation, $"creates an object of the class {creation.Type?.Name}", "use vectors, numbers and arrays"),
            IAwaitOperation => Problem(operation, "has an await", "leave it out: equations wait for nothing"),
            IInstanceReferenceOperation => Problem(operation, "passes the cell itself on", "pass the values that are needed"),
            IDefaultValueOperation => Node(operation, NodeKind.Null, ""),
            IInvalidOperation => Problem(operation, "does not compile", "fix the error that the compiler reports"),
            _ => Problem(operation, "has an expression that cannot be evaluated at compile time", "use vectors, numbers, options and arrays"),
        };
    }

    private CellNode Constant(IOperation operation, object? value, ITypeSymbol type) => (value, type) switch
    {
        (null, _) => Node(operation, NodeKind.Null, ""),
        (_, { TypeKind: TypeKind.Enum }) => Node(operation, NodeKind.Enum, Member(type, value)),
        (bool truth, _) => Node(operation, NodeKind.Bool, truth ? "true" : "false"),
        (string text, _) => Node(operation, NodeKind.String, text),
        (char letter, _) => Node(operation, NodeKind.String, letter.ToString()),
        (float number, _) => Node(operation, NodeKind.Float, number.ToString("R", CultureInfo.InvariantCulture)),
        (double number, _) => Node(operation, NodeKind.Double, number.ToString("R", CultureInfo.InvariantCulture)),
        (long number, _) => Node(operation, NodeKind.Long, number.ToString(CultureInfo.InvariantCulture)),
        (int or short or byte or sbyte or ushort, _) => Node(operation, NodeKind.Int, Convert.ToString(value, CultureInfo.InvariantCulture)),
        _ => Problem(operation, $"has a constant of the type {type.Name}", "use int, long, float or double"),
    };

    private static string Member(ITypeSymbol type, object value) =>
        type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, value))?.Name
        ?? Convert.ToString(value, CultureInfo.InvariantCulture);

    private CellNode Conversion(IConversionOperation conversion)
    {
        var value = Value(conversion.Operand);
        if (conversion.OperatorMethod is { } method)
            return IsRnnGenType(method.ContainingType, OwnCellWords.Vector) ? Node(conversion, NodeKind.Vector, "", value)
                : Problem(conversion, $"converts by {method.ContainingType.Name}'s own operator", "use vectors and numbers");
        return conversion.Type switch
        {
            { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Single or SpecialType.System_Double } number =>
                Node(conversion, NodeKind.Convert, number.Name, value),
            { SpecialType: (>= SpecialType.System_Char and <= SpecialType.System_UInt64) or SpecialType.System_Decimal } number =>
                Problem(conversion, $"converts to {number.Name}", "use int, long, float or double"),
            _ => value,
        };
    }

    private static CellNode One(IIncrementOrDecrementOperation step) => new(NodeKind.Int, step.Kind == OperationKind.Increment ? "1" : "-1");

    private CellNode Arm(ISwitchExpressionArmOperation arm) => Node(arm, NodeKind.Case, "",
        [Pattern(arm.Pattern), .. arm.Guard is { } guard ? [Value(guard)] : new CellNode[0], Value(arm.Value)]);

    private CellNode Array(IArrayCreationOperation array) =>
        array.Initializer is { } initial ? Node(array, NodeKind.Array, "", initial.ElementValues.Select(Value).ToList())
        : array.DimensionSizes.Length == 1 ? Node(array, NodeKind.NewArray, "", Value(array.DimensionSizes[0]))
        : Problem(array, "has a multidimensional array", "use an array of one dimension, or an array of arrays");

    private CellNode Interpolated(IInterpolatedStringOperation text) => Node(text, NodeKind.Interpolate, "", text.Parts.Select(part => part switch
    {
        IInterpolatedStringTextOperation literal => Value(literal.Text),
        IInterpolationOperation { FormatString: null, Alignment: null } hole => Value(hole.Expression),
        _ => Problem(part, "formats a value", "omit the format"),
    }).ToList());

    private CellNode Assignment(ISimpleAssignmentOperation assignment) => assignment.Target switch
    {
        IDiscardOperation => Value(assignment.Value),
        IArrayElementReferenceOperation { Indices.Length: 1 } element => Node(assignment, NodeKind.SetItem, "", Value(element.ArrayReference), Value(element.Indices[0]), Value(assignment.Value)),
        _ => Set(assignment, assignment.Target, () => Value(assignment.Value)),
    };

    private CellNode Set(IOperation operation, IOperation target, Func<CellNode> value) => target switch
    {
        ILocalReferenceOperation local => Node(operation, NodeKind.Set, local.Local.Name, value()),
        IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.Constructor } } parameter => Node(operation, NodeKind.Set, parameter.Parameter.Name, value()),
        IArrayElementReferenceOperation { Indices.Length: 1 } element => Node(operation, NodeKind.SetItem, "", Value(element.ArrayReference), Value(element.Indices[0]), value()),
        IPropertyReferenceOperation { Instance: IInstanceReferenceOperation } property when IsInConstructor(operation) => IsOfCell(property.Property)
            ? Node(operation, NodeKind.SetOption, Declared(property.Property), value())
            : Problem(operation, $"sets {property.Property.Name}, an option of all recurrent layers, in its constructor", "set it where a network uses the layer"),
        IFieldReferenceOperation { Instance: IInstanceReferenceOperation } field when IsInConstructor(operation) => Node(operation, NodeKind.SetOption, Declared(field.Field), value()),
        IPropertyReferenceOperation or IFieldReferenceOperation => Problem(operation, "changes the cell while its equations are defined", "use a local variable, or a State for what is carried from step to step"),
        _ => Problem(operation, "assigns to something that is not a variable", "use a local variable or an array"),
    };

    private static bool IsInConstructor(IOperation operation) => operation.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() is ConstructorDeclarationSyntax;

    private static string Symbol(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => "+",
        BinaryOperatorKind.Subtract => "-",
        BinaryOperatorKind.Multiply => "*",
        BinaryOperatorKind.Divide => "/",
        BinaryOperatorKind.Remainder => "%",
        BinaryOperatorKind.LeftShift => "<<",
        BinaryOperatorKind.RightShift => ">>",
        BinaryOperatorKind.And => "&",
        BinaryOperatorKind.Or => "|",
        BinaryOperatorKind.ExclusiveOr => "^",
        BinaryOperatorKind.ConditionalAnd => "&&",
        BinaryOperatorKind.ConditionalOr => "||",
        BinaryOperatorKind.Equals => "==",
        BinaryOperatorKind.NotEquals => "!=",
        BinaryOperatorKind.LessThan => "<",
        BinaryOperatorKind.LessThanOrEqual => "<=",
        BinaryOperatorKind.GreaterThan => ">",
        BinaryOperatorKind.GreaterThanOrEqual => ">=",
        _ => kind.ToString(),
    };
}
